import type { FailureKind } from './model.ts';

/** What an endpoint, or the network before it, told us about a failed request. */
export interface FailureFacts {
  readonly errorCode: string | null;
  readonly type: string | null;
  readonly status: number | null;
  /** Error codes found along the chain of causes, such as `ECONNREFUSED`. */
  readonly causes: readonly string[];
}

/** Decides by error code, then by error type, then by status, then by what the network said; never by wording. */
export function failureKind({ errorCode, type, status, causes }: FailureFacts): FailureKind {
  return (
    byErrorCode.get(errorCode ?? '') ??
    (status === 413 ? 'context-exceeded' : byType.get(type ?? '')) ??
    (status === null ? byCause(causes) : byStatus(status))
  );
}

/** Spend limits arrive as 429 and 402. `ramp_limit_exceeded` caps growth, not money: it passes with time. */
const byErrorCode: ReadonlyMap<string, FailureKind> = new Map([
  ['contract_spend_limit_reached', 'spend-limit'],
  ['enforced_spend_limit_reached', 'spend-limit'],
  ['linked_organization_spend_limit_reached', 'spend-limit'],
  ['linked_organization_billing_unavailable', 'spend-limit'],
  ['organization_on_hold', 'credentials'],
  ['ramp_limit_exceeded', 'rate-limit'],
]);

const byType: ReadonlyMap<string, FailureKind> = new Map([
  ['rate_limit_error', 'rate-limit'],
  ['overloaded_error', 'overloaded'],
  ['api_error', 'overloaded'],
  ['timeout_error', 'overloaded'],
  ['conflict_error', 'overloaded'],
  ['authentication_error', 'credentials'],
  ['permission_error', 'credentials'],
  ['billing_error', 'spend-limit'],
  ['request_too_large', 'context-exceeded'],
  ['invalid_request_error', 'bad-request'],
  ['not_found_error', 'bad-request'],
]);

function byStatus(status: number): FailureKind {
  if (status === 401 || status === 403) return 'credentials';
  if (status === 402) return 'spend-limit';
  if (status === 429) return 'rate-limit';
  if (status === 408 || status === 409 || status >= 500) return 'overloaded';
  return 'bad-request';
}

function byCause(causes: readonly string[]): FailureKind {
  if (causes.some((cause) => nobodyThere.test(cause))) return 'unreachable';
  if (causes.some((cause) => unreadable.test(cause))) return 'malformed';
  return 'connection';
}

/** The request cannot have arrived: no such host, nobody listening, no trusted certificate, no usable address. */
const nobodyThere =
  /^(ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|ERR_INVALID_URL|ERR_TLS|ERR_SSL|CERT_|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

const unreadable = /^(Z_|HPE_|ERR_ENCODING|SyntaxError)/;
