/**
 * Words that tell no record from another: what joins clauses, what is done to a thing by having it, and how it is put.
 * Nothing that counts, compares, excludes, judges, says when or stands for a state is among them.
 */
const light: ReadonlySet<string> = new Set(
  `but although though albeit whereas whether so thus hence therefore even too anyway anyhow besides moreover because
  cause cos cuz
  basically obviously apparently probably possibly perhaps maybe honestly simply actually really truly exactly roughly
  approximately approx briefly generally literally specifically namely respectively essentially effectively hopefully
  sadly seriously frankly surely certainly definitely clearly supposedly somehow somewhat quite pretty fairly kinda sorta
  anymore nowadays btw times
  stay stays stayed staying remain remains remained keep keeps kept keeping run runs running ran raise raises raised
  raising bring brings brought bringing take takes took taken taking put puts putting sit sits sat sitting hang hangs
  hanging lie lies lying go goes going went come comes coming came appear appears appeared appearing pop pops popped
  occur occurs occurred occurring arise arises arose arising arrive arrives arrived arriving concern concerns concerned
  concerning relate relates related relating involve involves involved involving represent represents representing
  contain contains containing include includes consist consists produce produces produced generate generates generated
  throw throws threw carry carries carried bear bears hold holds held holding get gets got getting gotten see sees seeing saw seen look looks looking looked spot spotted
  find finding found pull pulls pulled pulling dig digging
  way ways side bit bits matter matters situation situations picture overview sense detail details
  info information terms basis respect regard regards context aspect aspects fact facts stat stats statistics kind kinds
  sort sorts piece pieces guys folks please kindly sake purpose
  whole entire actual real particular specific given respective relevant various simple plain rough dear lovely damn
  bloody overall`.split(/\s+/),
);

/** Whether a question without these words asks for the same: none of them says which records are meant. */
export const areSaidLightly = (words: readonly string[]): boolean =>
  words.length > 0 && words.every((said) => light.has(said.toLowerCase()));
