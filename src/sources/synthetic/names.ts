/** Given and family names of the places from which customers and colleagues come; combined without regard to origin. */
const split = (list: string): readonly string[] => list.trim().split(/\s+/);

export const firstNames = split(`
  Adaeze Aarav Agnieszka Ahmed Aiko Alejandra Amara Amelia Anders Andrea Anika Antoine Arjun Astrid Ayesha Bao Beatriz
  Benedikt Bianca Bruno Camila Carlos Catarina Chidi Chiara Chloe Clara Colin Cristina Dana Daniel Daria David Deepa
  Dimitri Ebony Eduardo Eleni Elif Elisabeth Emeka Emre Erik Esther Eva Farah Fatima Felix Fernanda Florian Francesca
  Freya Gabriel Georgia Giulia Grace Greta Gustavo Hamza Hana Harriet Helena Hiroshi Hugo Ibrahim Ines Ingrid Isabelle
  Ivana Jakub James Jasmine Javier Jin Joana Jorge Julia Kamal Karin Katarzyna Keiko Kofi Kwame Lakshmi Lars Laura Leila
  Leonie Liam Linh Lucia Lukas Magnus Malika Marco Marek Margot Mariana Mateo Matthias Mei Mehmet Mikael Min Mona Nadia
  Naveen Nia Nicolas Nils Noor Oksana Olga Oliver Omar Oscar Pablo Paulina Pedro Petra Pieter Pooja Priscilla Rafael
  Rania Ravi Rebecca Rohan Rosa Ruth Samira Sanjay Sara Sebastian Sergei Shirin Sofia Soren Stella Sunita Takashi Tamara
  Tariq Tessa Thandi Theo Thomas Tomas Umar Valentina Vera Viktor Wei Wiebke Xavier Yara Yasmin Yuki Yusuf Zainab Zofia
`);

export const lastNames = split(`
  Abbott Abdullah Adeyemi Aguilar Ahlberg Almeida Andersson Aoki Arslan Asante Bakker Banerjee Baptiste Barros Bauer
  Becker Bennett Berger Bianchi Bjork Bondarenko Brandt Brennan Bui Calloway Campos Carvalho Castillo Cerny Chandra
  Chaudhry Choi Cohen Conti Costa Dahl Das Demir Deng Desai Diallo Dimitrov Dubois Duarte Dvorak Ekwueme Eriksen Espinoza
  Evans Farouk Ferrari Fischer Flores Fontana Fraser Fujita Gallagher Garcia Georgiou Ghosh Greco Gruber Gupta Haas
  Haddad Hansen Hassan Hayashi Hoang Hoffmann Holm Horvat Hughes Ibrahim Ilves Ishikawa Ivanova Iyer Jansen Johansson
  Jovanovic Kaminski Kang Karlsson Kaya Keller Khalil Khan Kim Kovacs Kowalski Kruger Kumar Laine Lam Lange Larsen Le
  Lehmann Leroy Lim Lindgren Lombardi Lopez Macharia Maier Malik Marin Martins Mbeki Mendes Mensah Meyer Mohamed Molina
  Moreau Morel Moreno Mori Mueller Murphy Mwangi Nakamura Navarro Ndiaye Nguyen Nielsen Nikolaidis Nkosi Novak Obi
  Okafor Okonkwo Olsen Onyango Ortiz Osei Ozturk Pace Papadopoulos Park Patel Pereira Petrov Pham Popescu Quinn Rahman
  Ramirez Rao Reyes Ricci Rinaldi Rocha Romero Rossi Roth Ruiz Saito Salazar Santos Sato Schmidt Schneider Sequeira Shah
  Sharma Silva Singh Sorensen Steiner Suarez Svoboda Szabo Takahashi Tanaka Teixeira Torres Toth Tran Tremblay Urban
  Vargas Vasquez Virtanen Vogel Wagner Walsh Wang Watanabe Weiss Wolff Wright Yamada Yilmaz Zhang Zimmermann
`);
