import { maxPatternChars, secretPatterns } from './secret-patterns.ts';

export interface Secret {
  /** Shown in place of the value; usually the name of the variable. */
  readonly name: string;
  readonly value: string;
}

/** Hides secrets in whatever is kept or shown. What is hidden reads `[redacted:NAME]`. */
export interface Redactor {
  text(text: string): string;
  /** For text that arrives in pieces: a secret that is cut by the border of two pieces is hidden all the same. */
  stream(write: (text: string) => void): RedactorStream;
}

interface RedactorStream {
  push(text: string): void;
  end(): void;
  /** True once something was hidden. */
  changed(): boolean;
}

/** A shorter value would hide ordinary words all over the place. */
const minSecretChars = 8;

/** Knows the given values, also in base64, URL and JSON form, and what well-known secrets look like. */
export function redactor(secrets: readonly Secret[]): Redactor {
  const forms = secrets.filter(({ value }) => value.length >= minSecretChars).flatMap(formsOf);
  const held = Math.max(maxPatternChars, ...forms.map((form) => form.value.length));
  return {
    text: (text) => hide(text, spansIn(text, forms)),
    stream: (write) => redactorStream(write, forms, held),
  };
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** Some patterns look at what stands before the secret. */
const contextChars = 256;

function redactorStream(write: (text: string) => void, forms: readonly Secret[], held: number): RedactorStream {
  let before = '';
  let rest = '';
  let changed = false;
  const emit = (final: boolean) => {
    const spans = spansIn(before + rest, forms).flatMap((span) => spanAfter(before.length, span));
    const cut = final ? rest.length : safeCut(spans, rest.length - held);
    const whole = spans.filter(({ end }) => end <= cut);
    changed ||= whole.length > 0;
    write(hide(rest.slice(0, cut), whole));
    before = (before + rest.slice(0, cut)).slice(-contextChars);
    rest = rest.slice(cut);
  };
  return {
    push: (text) => {
      rest += text;
      if (rest.length >= 4 * held) emit(false);
    },
    end: () => emit(true),
    changed: () => changed,
  };
}

// A secret across the border stays back whole; what follows may still belong to it.
function safeCut(spans: readonly Span[], border: number): number {
  return spans.find(({ start, end }) => start < border && end >= border)?.start ?? border;
}

function spanAfter(border: number, { start, end, name }: Span): Span[] {
  return end <= border ? [] : [{ start: Math.max(0, start - border), end: end - border, name }];
}

function hide(text: string, spans: readonly Span[]): string {
  let shown = '';
  let at = 0;
  for (const { start, end, name } of spans) {
    shown += `${text.slice(at, start)}[redacted:${name}]`;
    at = end;
  }
  return shown + text.slice(at);
}

/** In order and without overlap: overlapping finds become one, with the name of the first. */
function spansIn(text: string, forms: readonly Secret[]): Span[] {
  const found = [...forms.flatMap((form) => exactSpans(text, form)), ...patternSpans(text)];
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const spans: Span[] = [];
  for (const span of found) {
    const last = spans.at(-1);
    if (last === undefined || span.start >= last.end) spans.push(span);
    else if (span.end > last.end) spans[spans.length - 1] = { ...last, end: span.end };
  }
  return spans;
}

function exactSpans(text: string, { name, value }: Secret): Span[] {
  const spans: Span[] = [];
  for (let start = text.indexOf(value); start >= 0; start = text.indexOf(value, start + value.length)) {
    spans.push({ start, end: start + value.length, name });
  }
  return spans;
}

function patternSpans(text: string): Span[] {
  return secretPatterns.flatMap(({ name, pattern }) =>
    [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length, name })),
  );
}

function formsOf({ name, value }: Secret): Secret[] {
  const escaped = JSON.stringify(value).slice(1, -1);
  const url = encodeURIComponent(value);
  const lowerUrl = url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  const values = [value, escaped, escaped.replaceAll('/', '\\/'), url, lowerUrl, ...base64Forms(value)];
  return [...new Set(values)].map((form) => ({ name, value: form }));
}

// Inside a longer base64 text the value may start at any of three places in a group, and the characters that it shares
// with its neighbours are unknown.
function base64Forms(value: string): string[] {
  const aligned = [0, 1, 2].map((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(value, 'utf8')]);
    const text = bytes.toString('base64').replace(/=+$/, '');
    return text.slice(shift === 0 ? 0 : shift + 1, bytes.length % 3 === 0 ? undefined : -1);
  });
  return aligned.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]);
}
