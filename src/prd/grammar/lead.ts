/**
 * How a criterion begins. `verify` and `run` announce a command, so an expectation is optional behind them; `test` ("Test: …")
 * usually announces a test to be written; `none` demands an expectation.
 */
export type LeadKind = 'verify' | 'run' | 'test' | 'none';

export interface Lead {
  readonly kind: LeadKind;
  /** The text behind the lead, untouched. */
  readonly rest: string;
}

const listMark = /^(?:[-*+\u2022]|\d{1,3}[.)])[ \t]+/;
const box = /^\[[ xX]?\][ \t]*/;
const bold = /^(?:\*\*|__)([^*_\n]{1,40}?)(:?)(?:\*\*|__)(:?)[ \t]*/;

const colonLead =
  /^(verify|verification|check|run|quality gate|verify with|verify by running|verification command|verify command|command)[ \t]{0,3}[:\uff1a][ \t]*/i;
const testLead = /^tests?[ \t]{0,3}:[ \t]*/i;
const runLead = /^(?:run|running|execute)[ \t]+(?=\S)/i;

/** Strips list mark, box and bold, and one lead. */
export function cutLead(text: string): Lead {
  const body = withoutMarks(text);
  const colon = colonLead.exec(body);
  if (colon !== null) return { kind: 'verify', rest: body.slice(colon[0].length) };
  const test = testLead.exec(body);
  if (test !== null) return { kind: 'test', rest: body.slice(test[0].length) };
  const run = runLead.exec(body);
  if (run !== null) return { kind: 'run', rest: body.slice(run[0].length) };
  return { kind: 'none', rest: body };
}

/** The text without the marks that Markdown puts in front of it. */
function withoutMarks(text: string): string {
  const unlisted = text.trim().replace(listMark, '').replace(box, '');
  return unlisted.replace(bold, (_all, inside: string, colonInside: string, colonAfter: string) => {
    return `${inside}${colonInside || colonAfter} `;
  });
}

const manual =
  /^(?:manually |visually )?(?:verify|verified|test|tested|check|checked|confirm|confirmed|validate|validated|review)(?: (?:it|ui|changes|the changes|visually|manually|works|behaviou?r|everything|feature))?(?: (?:in|using|with|via))?(?: (?:the|a|your|local|dev))?(?: (?:browser|dev-browser|device|simulator|emulator|hand|manually))(?: (?:using|with|via) (?:the )?(?:dev-browser|agent-browser|playwright|browser|chrome devtools|puppeteer)(?: (?:skill|mcp|tools?))?)?[.!]?$/i;

/** "Verify in browser using dev-browser skill": a person or a browser shall look, and nothing to look for is named. */
export function isManualCheck(text: string): boolean {
  return text.length < 160 && manual.test(withoutMarks(text));
}

const commandLead =
  /^(?:running|executing|verification passes(?: with| via|:)|(?:the |this )?(?:following )?(?:script|command|program)(?: (?:runs?|executes?|completes?|succeeds?|passes|works))?(?: (?:successfully|cleanly|without (?:any )?errors?|with no errors))?:?)$/i;

/** Words in front of a code span that speak only of running it: "Script runs without error:". */
export function isCommandLead(text: string): boolean {
  return text.length < 120 && commandLead.test(text);
}
