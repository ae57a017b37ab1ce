import type { AttemptEnd } from '../agent/implementer.ts';

/** What people and the ladder need of an end: one line, however much a program printed when it died. */
export function endDetail(end: AttemptEnd): string {
  return detailOf(end).replace(/\s+/g, ' ').trim().slice(0, 300);
}

function detailOf(end: AttemptEnd): string {
  switch (end.kind) {
    case 'finished':
      return end.summary;
    case 'blocked':
      return end.reason;
    case 'needs-orchestrator':
      return end.question;
    case 'limit':
      return `${end.limit} limit: ${end.detail}`;
    case 'stuck':
    case 'refused':
      return end.detail;
    case 'provider':
      return end.said === '' ? end.failure : `${end.failure}: ${end.said}`;
    case 'aborted':
      return 'interrupted';
    default:
      return end satisfies never;
  }
}
