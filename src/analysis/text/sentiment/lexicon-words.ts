/*
 * The lexicon's words: English, chosen for letters to a desk of a technical product. -3 is as bad as it gets,
 * 3 as good. Technical trouble (`error`, `timeout`) weighs little: every ticket has it, also a friendly one. Forms are
 * written out, because `promise` and `promising` or `concern` and `concerning` do not weigh alike. Change the version
 * with every change of a word or a weight, so that stored scores tell what made them.
 */
export const LEXICON_VERSION = 'en-1';

/** Words by weight. */
const words: readonly (readonly [weight: number, words: string])[] = [
  [
    -3,
    'abysmal appalling atrocious catastrophic despicable disastrous disgraceful disgusting furious horrendous horrible horrific infuriated infuriating livid nightmare outraged outrageous pathetic scam scandalous shameful terrible unacceptable unforgivable worst fraud lawsuit hate hated hates',
  ],
  [
    -2.5,
    'angry awful catastrophe disaster disgusted dreadful enraged fuming garbage hopeless incompetent incompetence insulting intolerable lousy ludicrous mess miserable negligent rubbish sue trash unprofessional useless worthless ripoff crap sucks lawyer lawyers attorney',
  ],
  [
    -2,
    'absurd alarming anger annoyed annoying bad badly betrayed bitter chaos chaotic clueless complain complained complaining complaint complaints cheated deceived deplorable disappointed disappointing disappointment disappoints dissatisfied dissatisfaction embarrassed embarrassing embarrassment failure fiasco frustrated frustrating frustration ignored ignoring ignorant inexcusable irresponsible irritated irritating lied lies mislead misleading misled neglected painful poor poorly refuse refused refuses ridiculous rude shocked shocking sloppy stupid suffer suffered suffering suffers threaten threatening ugly unbelievable unhappy unreliable unsatisfactory unsatisfied untrustworthy upset upsetting wasted wasting worse',
  ],
  [
    -1.5,
    'abandon abandoned afraid anxious ashamed blame blamed bothered burden churn concerned concerning confused confusing crippled crippling damage damaged damaging desperate desperately deteriorated deteriorating difficult disrupted disrupting disruption disruptive doubt doubtful embarrass escalate escalating excuse excuses exhausted exhausting fear flawed frustrate hassle harm harmed hurt hurting impatient impossible inadequate inconvenience inconvenienced inconvenient insecure jeopardise jeopardize jeopardy nervous nonsense outrage overcharged panic penalty pain pointless problematic questionable regret sad sadly severe severely shame sorely stressed stressful struggle struggled struggling suspicious tedious tired trouble troubled troubles troublesome unable unacceptably unanswered uncertain unclear unfair unfortunate unfortunately unhelpful unresponsive unstable unusable vanished violated violation waste weak worried worries worry worrying wrong wrongly',
  ],
  [
    -1,
    'urgent critical cancel cancelling canceling cancellation delay delays delayed delaying denied deny expensive late leaving losing loss lost mistake mistakes overdue reluctant sick sluggish strange stuck unresolved unsolved unwanted wait waited waiting weird',
  ],
  [
    -0.4,
    'aborted blocked blocker blocking breach breached breaks broke broken bug buggy bugs complicated corrupt corrupted corruption crash crashed crashes crashing dead degraded degrading disconnected disconnects down downtime dropped dropping error errors exceeded expired fail failed failing fails failures fault faulty freezes frozen hang hanging hangs hard incident incidents inconsistent incorrect incorrectly intermittent interrupted invalid issue issues lacking lag lagging limitation misconfigured missing odd outage outages overloaded problem problems rejected rejecting slow slower slowest slowly stale stalled stalls stopped terminated timed timeout timeouts tricky unavailable unexpected unexpectedly unknown unreachable unsure vulnerable workaround',
  ],
  [
    0.5,
    'agree agreed available clarified clear confirm confirmed correct correctly decent fair fine fixed fixes hope hopefully improve improvement improvements interested manageable okay reasonable recover recovered restored settled simple solution solved solves stable success sure understand understood welcome works worked working yes',
  ],
  [
    1,
    'accurate clean comfortable constructive cooperative easier easily easy efficient efficiently enjoy enjoyed friendly gladly handy healthy honest improved improves intuitive nice nicely patient polite polished positive promising prompt promptly quick quicker quickly reliable resolved resolves responsive responsiveness robust satisfying smooth smoothly solid stability successful successfully support supportive swift swiftly thorough thoroughly useful valuable',
  ],
  [
    1.5,
    'appreciate appreciated appreciates appreciation better cheers confident encouraging faster fast glad good helped helpful helping impressive knowledgeable pleasant pleasure pleasing professional professionally reassured reassuring recommend recommended relief relieved satisfied satisfaction seamless seamlessly thank thanks thankful thx trust trusted worthwhile',
  ],
  [
    2,
    'attentive awesome beautiful best brilliantly delight effortless effortlessly excited fantastic grateful great happier happy impressed kudos lifesaver loving lovely marvellous marvelous pleased praise proud remarkable stellar superior terrific thrilled wow',
  ],
  [
    2.5,
    'amazing amazed brilliant delighted excellent exceptional fabulous flawless flawlessly incredible love loved loves magnificent outstanding perfect perfectly phenomenal spectacular superb wonderful wonderfully',
  ],
  [3, 'extraordinary unbeatable'],
  [-2, '😡 🤬 😠 👎 💩 😤 😭'],
  [-1, '😞 😟 😢 🙁 ☹ 😕 😩 😫 🙄 😒 😖 😣 😰 💔 ⚠'],
  [1, '🙂 😊 😉 👌 ✅ 🤞 😌'],
  [2, '😀 😃 😄 😁 😍 🥰 ❤ 💚 💙 👍 🎉 🙏 🤩 🥳 💯 👏 🚀 ⭐'],
];

/** Two words that mean another thing than each of them alone; they count once, in place of both. */
const pairs: readonly (readonly [weight: number, pairs: string])[] = [
  [
    -2.5,
    'fed up, waste time, total failure, last straw, complete joke, sick of, no excuse, legal action, breach contract, had enough',
  ],
  [
    -2,
    'let down, lost patience, lost trust, lost confidence, losing patience, losing money, losing customers, losing trust, no answer, no reply, no response, nobody answers, nobody cares, not acceptable, not good, not happy, look elsewhere, other vendors, another vendor, data loss, big problem, serious problem, serious issue',
  ],
  [
    -1.5,
    "yet again, still waiting, still not, still no, no progress, no update, no updates, same problem, same issue, no idea, nothing works, nothing happens, never again, keeps failing, keeps happening, keeps crashing, doesn't work, not working, stopped working, won't work, too slow, too long, too late, too expensive, very late",
  ],
  [0, 'best regards, worst case, trouble shooting, hard drive, hard disk, dead letter, break even'],
  [
    0.3,
    'thanks in, no rush, no hurry, no problem, no problems, no issue, no issues, no worries, not urgent, not bad, works now, no errors, no error',
  ],
  [
    2,
    'well done, good job, great job, nice job, great work, good work, above beyond, works perfectly, works great, much appreciated, many thanks, thank you, thanks again, big thanks, top notch, first class, spot on, keep up, works again, much better, problem solved, issue resolved',
  ],
];

/** They turn the next words around. */
export const negations: ReadonlySet<string> = new Set(
  "not no never neither nor none nobody nothing without hardly barely cannot can't cant don't dont doesn't doesnt didn't didnt isn't isnt wasn't wasnt aren't arent weren't werent won't wont wouldn't wouldnt shouldn't couldn't couldnt hasn't hasnt haven't havent hadn't ain't lack lacks".split(
    ' ',
  ),
);

/** They strengthen or weaken the word after them. */
export const degrees: ReadonlyMap<string, number> = new Map([
  ...'absolutely completely entirely extremely totally utterly beyond deeply incredibly insanely ridiculously'
    .split(' ')
    .map((word) => [word, 1.6] as const),
  ...'very really so too highly seriously truly terribly particularly constantly always again increasingly super'
    .split(' ')
    .map((word) => [word, 1.3] as const),
  ...'somewhat slightly rather fairly quite bit little partly mildly sometimes occasionally kinda somehow'
    .split(' ')
    .map((word) => [word, 0.7] as const),
]);

/** Words, emoji and pairs (with one blank between) with their weights. */
export const weights: ReadonlyMap<string, number> = new Map([
  ...words.flatMap(([weight, list]) => list.split(' ').map((word) => [word, weight] as const)),
  ...pairs.flatMap(([weight, list]) => list.split(', ').map((pair) => [pair, weight] as const)),
]);
