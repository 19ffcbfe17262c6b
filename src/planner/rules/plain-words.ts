/**
 * Words that people mean when they write them. A catalogue word within one letter of them is still another word
 * ("state" is not a typo of "stage"), so they are never corrected: they are understood or they block the answer.
 */
export const plainWords: ReadonlySet<string> = new Set(
  `able about attachment attachments tagged spam above accept access according action active activity actual address admin affect after again against age ago
  agree ahead almost alone along although amount animal answer appear apple area argue arm around arrive article aside ask
  asset assign assist attach attack attempt attend author away baby back bad badge bag balance ball bank bar base basic
  basket bear beat beauty become before begin behind believe below benefit beside best better beyond big bill billing bit
  black block blood blue board body bonus book border born both bottom bought box boy brand bread break bring broad brother
  budget build building bulk burn bus business busy button buy buyer cable cake call came camera camp campaign cancel cap
  capital car card care career carry case cash cast cat catch cause cell center central century certain chain chair chance
  change channel chapter charge chart chat cheap check child choice choose church circle city claim class clean clear click
  client climb clock clone close closer cloth cloud club coach coal coast coat code coffee cold collect college color come
  comment commit common company compare complete compute concern condition confirm connect consider contact contain content
  contest context contract control cook cookie cool copy core corner correct cost costs could counter country county couple
  course court cover crash cream create credit crime cross crowd cry cup cure current customer cut cycle daily damage dance
  danger dark database day dead deal dear death debate debt decide deck decline deep default defect degree delay delete
  deliver demand demo deny department depend depth desert design desk detail device die diet differ digit dinner direct
  discount discuss disk dispute divide doctor document dog domain door double doubt down draft drag draw dream dress drink
  drive drop due duty early earn ease east easy eat edge effect effort eight either email employ empty end energy engine
  engineer enjoy enough enter entire entry equal error escape even event ever exact exam except excess exist exit expect
  expense expert export extend extra eye face fact fail failure fair fall false family famous fan far farm fast fat father
  fault favor fear feature fee feed feel fence few field fight file fill film final find fine finger finish fire firm first
  fish fit five fix flag flat flight floor flow flower fly focus follow food foot force forest forget form former forward
  four frame free freeze fresh friend front fruit fuel full fun fund funnel future gain game gap garden gas gate gather gave
  gender gift girl glass goal gold gone good goods grade grain grand grant grass great green gross ground grow growth guard
  guess guest guide gun guy habit hair half hall hand handle handler hang hard hat hate head hear heart heat heavy height
  hello help hide high hill hire history hit hold hole holiday home hope horse hospital host hot hotel hour house huge human
  hundred hunt hurry hurt husband ice idea ideal image impact import improve inbox inch income index inform inner input inside
  install instead insurance intent interest internal invest invite invoice iron island issue item job join joint joke judge jump
  junior keep key kick kid kill kind king kitchen knee know label lack lady lake lamp land language large late later laugh
  launch law lawyer lay lead leader leads leaf league lean learn lease leave left leg legal lend length lesson letter level
  license lie life lift light likely limit line link lip liquid liter live living load loan local lock log logic login long
  loose lord loss lot loud love lower luck lunch machine magic mail main major make man manage manager map margin mark market
  marketing marry mass master match material math matter may maybe meal meaning means measure meat medal media medium meet
  meeting member memory mention menu merge message metal meter method middle might mile milk mind mine minor minute mirror
  mission mistake mix mobile mode model modern moment money mood moon more most mother motion mount mouse mouth move movie
  music nation nature near neck negative nerve net network never newer next nice night nine noise none nor normal north nose
  note notice novel null nurse object occur ocean odd offer office offline often oil old older online onto option orange
  order other ought outage outcome outer output outside oven overall overdue own owner pace pack page pain paint pair panel
  paper parent park part partner party pass past path patient pattern pause pay payment peace peer pen people pepper percent
  perform period permit person phase phone photo phrase pick picture piece pilot pin pipe pitch place plain plan plane plant
  plate platform play player please plenty plus pocket poem point policy poll pool poor pop port pose position positive
  possible post potential pound power practice press pretty price pride prime print prior prison private prize problem process
  product profile profit program project promise promo proof proper protect proud prove public pull purchase pure purpose
  push queue quiet quit quite quota quote race radio rain raise range rank rapid rare rate rated rates rather raw reach react read
  reader ready real reason reasons rebate recall recent record recover recovery red reduce refer reflect reform refund refuse
  regard regret reject relate release remain remark remote remove renew renewal rent repair repeat replace report request
  require research reserve resource respond rest restore retail retain retention return returns review reward rich ride ring
  rise risk river road rock role roll roof room root rope rough round route row rule run safe safety salary sale sample sand
  save scale scan scene school science scope score screen script sea search season seat second secret section sector secure
  security seed seek segment select sell seller send senior sense sentence serial series serve server service session set
  settle seven severe sex shade shadow shake shape share sharp sheet shelf shell shift ship shirt shock shoe shop short shot
  should shout show shut sick side sign signal silent silver similar simple since sing single sister site situation six size
  skill skin sky sleep slide slip slow small smart smile smoke smooth snow social soft soil sold solid solution solve son song
  sort soul sound source south space spam speak special speed spell spend spent spirit split spoke sport spot spread spring
  stable staff stage staging stair stake stamp stand standard star start state statement station stats status stay steal
  steel step stick still stock stone stop store storm story straight strange stream street stress strike string strong
  structure student study stuff style subject submit success such sudden suffer sugar suggest suit summer sun super supply
  support sure surface surprise survey survive swap sweet swim switch symbol symptom system table tag tail take talk tall tank
  target task tasks taste tax tea teach team tech technical tell ten tend term terms test text than theme then theory thick thin
  thing think third thousand threat three throw ticket tie tier tight till time tiny tire tired title today toe together token
  tone tool tooth top topic total touch tour toward tower town track trade trail train transfer travel treat tree trend trial
  trip trouble truck true trust truth try tune turn twice twin two type typical ugly under union unit until update upgrade
  upper upset urban urge usage use used user users usual valid value van vary vehicle vendor version very vice video view visit
  visitor vital voice volume vote wage wait walk wall want war warm warn wash waste watch water wave way weak wealth wear
  weather web website wedding weekend weight west wet wheel while white whole why wide wife wild will wind window wine wing
  winner winter wipe wire wise wish wonder wood word work worker world worry worse worst worth write wrong yard yellow yes
  young zero zip zone fraction proportion portion percentage ratio share quota
  usually normally typically generally mostly roughly nearly bigger smaller larger greater higher fewer sum cumulative cumulatively
  solving winning losing handling answering selling getting averages`.split(/\s+/),
);
