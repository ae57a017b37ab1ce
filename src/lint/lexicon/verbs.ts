/** Base forms whose effect a checker can see: after a dash, a colon or "by …ing" they decide what a vague word meant. */
const effects = `abort accept add alert animate append apply archive attach block broadcast cache call cancel change clear close collapse
  commit connect copy crash create crop decrement default delete delegate deny dequeue destroy disable discard dismiss display download drop
  emit encrypt end enqueue exclude exit expand expire export fade fail fallback fetch fill filter flag flush focus forward generate
  group hide highlight ignore include increment insert keep leave limit link list load lock log map mark merge move navigate notify
  omit open overwrite parse pass pause persist poll populate print prompt propagate publish purge queue raise read rebuild receive record
  redirect refresh register reject reload remain remove rename render reopen replace report request reset restart restore resume retry
  return revert roll rotate route run save scroll select send serialize set show shrink skip sort stack start stay stop store stream
  strip submit surface swap switch sync tag take terminate throw timeout toggle trigger trim truncate unlock update upload use
  validate warn write wrap yield`;

/** Further verbs that begin a clause of their own after "and". */
const others = `achieve adapt adjust adopt align allow analyse analyze announce assert assign associate attempt audit avoid base be become begin
  belong bind break build bundle calculate capture carry check choose clean click collect combine come compare compile complete compute
  configure confirm consist contain continue convert correspond cover cross-reference customize decide declare decode decrypt define
  degrade demonstrate depend deploy derive describe design detect determine differ distinguish distribute document draw duplicate
  edit embed enable encode enforce enhance ensure enter establish evaluate execute exist explain expose express extend extract find
  fit fix follow format function gain get give go grant guard guide handle happen have help identify implement import improve indicate
  infer inherit initialize inject inspect install instruct integrate introduce invalidate invoke join land launch let lead listen live
  look maintain make manage match migrate mirror model monitor mount need normalize note obtain occur offer operate order organize output override
  own pick place play point position prefer prepare present preserve prevent process produce project protect provide prove push put
  reach retain satisfy recognize recompute reduce refactor refer reference reflect regenerate release rely replicate represent require resolve respect
  respond reuse review rewrite round sanitize scale scan schedule search seed separate serve share sign simulate specify split step strike
  structure summarize supply support survive tear tell test track transform transition translate treat tune type unify unmount utilize
  verify view visit wait walk want watch wire work`;

const effectBases = effects.split(/\s+/).filter((verb) => verb !== '');
const otherBases = others.split(/\s+/).filter((verb) => verb !== '');

/** Third person: "shows", "retries", "passes". */
export function thirdPerson(base: string): string {
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ies`;
  if (/(?:s|x|z|ch|sh|o)$/.test(base)) return `${base}es`;
  if (base === 'have') return 'has';
  if (base === 'be') return 'is';
  return `${base}s`;
}

/** "showing", "retrying", "stopping": doubled consonants are accepted beside the plain form. */
function gerunds(base: string): readonly string[] {
  if (/[^e]e$/.test(base)) return [`${base.slice(0, -1)}ing`];
  return /[aeiou][bdgmnprt]$/.test(base) ? [`${base}ing`, `${base}${base.at(-1)}ing`] : [`${base}ing`];
}

/** "shown" and other irregular participles are listed by hand. */
function participles(base: string): readonly string[] {
  if (base.endsWith('e')) return [`${base}d`];
  if (/[^aeiou]y$/.test(base)) return [`${base.slice(0, -1)}ied`];
  return /[aeiou][bdgmnprt]$/.test(base) ? [`${base}ed`, `${base}${base.at(-1)}ed`] : [`${base}ed`];
}

const irregular = `shown hidden kept left sent set put written thrown read run sought drawn built held lost overwritten rewritten
  split cut shut gone taken given told stuck`;

/** Third person of every verb we know: what begins a clause after "and". */
export const finiteVerbs: ReadonlySet<string> = new Set([...effectBases, ...otherBases].map(thirdPerson));

/** Base forms, as imperatives have them. */
export const baseVerbs: ReadonlySet<string> = new Set([...effectBases, ...otherBases]);

/** Any form of a verb with a visible effect. */
export const effectVerbs: ReadonlySet<string> = new Set([
  ...effectBases,
  ...effectBases.map(thirdPerson),
  ...effectBases.flatMap(gerunds),
  ...effectBases.flatMap(participles),
  ...irregular.split(/\s+/),
]);

/** "showing", "falling": what follows "by" or "without". */
export const effectGerunds: ReadonlySet<string> = new Set(effectBases.flatMap(gerunds));

/** Participles: "disabled", "shown". */
export const effectParticiples: ReadonlySet<string> = new Set([
  ...effectBases.flatMap(participles),
  ...irregular.split(/\s+/),
]);

/** Base forms that are as often nouns: "filter", "search", "limit". */
export const nounVerbs: ReadonlySet<string> = new Set(
  `filter search sort test display list report view update release export import edit delete save share support design deploy document review label link log load lock map mark order output play point position present preview process project prompt queue record register request reset return run scale scan schedule show sign start stop store stream style swap switch sync tag target time toggle track transfer type use upload watch wait work change copy clear close default end focus format group handle help highlight insert merge move open pause place print profile replace retry select set skip submit structure drop limit block cache call fail fade fill flag go keep leave need own pick raise read refresh render take write respond respect exit install`.split(
    /\s+/,
  ),
);
