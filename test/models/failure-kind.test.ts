import { describe, expect, it } from 'vitest';
import { failureFacts, printable } from '../../src/models/failure-facts.ts';
import { type FailureFacts, failureKind } from '../../src/models/failure-kind.ts';

const nothing: FailureFacts = { errorCode: null, type: null, status: null, causes: [] };

describe('failureKind', () => {
  it.each<[string, Partial<FailureFacts>, string]>([
    [
      'the error code before all',
      { errorCode: 'enforced_spend_limit_reached', type: 'rate_limit_error', status: 429 },
      'spend-limit',
    ],
    ['a contract limit', { errorCode: 'contract_spend_limit_reached', status: 429 }, 'spend-limit'],
    ['a linked organization', { errorCode: 'linked_organization_spend_limit_reached', status: 402 }, 'spend-limit'],
    [
      'a growth limit, which passes',
      { errorCode: 'ramp_limit_exceeded', type: 'rate_limit_error', status: 429 },
      'rate-limit',
    ],
    ['an organization on hold', { errorCode: 'organization_on_hold', status: 400 }, 'credentials'],
    ['an unknown code by its type', { errorCode: 'brand_new', type: 'overloaded_error', status: 400 }, 'overloaded'],
    ['the type before the status', { type: 'overloaded_error', status: 500 }, 'overloaded'],
    ['an error event without a status', { type: 'api_error' }, 'overloaded'],
    ['a timeout of the gateway', { type: 'timeout_error', status: 504 }, 'overloaded'],
    ['a bill that was not paid', { type: 'billing_error', status: 402 }, 'spend-limit'],
    ['a request that is too large', { type: 'request_too_large', status: 413 }, 'context-exceeded'],
    ['413 of any type', { type: 'invalid_request_error', status: 413 }, 'context-exceeded'],
    ['a model that does not exist', { type: 'not_found_error', status: 404 }, 'bad-request'],
    ['401', { status: 401 }, 'credentials'],
    ['402', { status: 402 }, 'spend-limit'],
    ['403', { status: 403 }, 'credentials'],
    ['400', { status: 400 }, 'bad-request'],
    ['404', { status: 404 }, 'bad-request'],
    ['422', { status: 422 }, 'bad-request'],
    ['408', { status: 408 }, 'overloaded'],
    ['409', { status: 409 }, 'overloaded'],
    ['429', { status: 429 }, 'rate-limit'],
    ['500', { status: 500 }, 'overloaded'],
    ['502', { status: 502 }, 'overloaded'],
    ['529', { status: 529 }, 'overloaded'],
    ['a redirect', { status: 302 }, 'bad-request'],
    ['a type from the prototype', { type: 'constructor', status: 429 }, 'rate-limit'],
    ['a code from the prototype', { errorCode: 'toString', status: 401 }, 'credentials'],
    ['nobody listening', { causes: ['TypeError', 'ECONNREFUSED'] }, 'unreachable'],
    ['no such host', { causes: ['ENOTFOUND'] }, 'unreachable'],
    ['a name server in trouble', { causes: ['EAI_AGAIN'] }, 'unreachable'],
    ['a connect timeout', { causes: ['UND_ERR_CONNECT_TIMEOUT'] }, 'unreachable'],
    ['a certificate nobody trusts', { causes: ['DEPTH_ZERO_SELF_SIGNED_CERT'] }, 'unreachable'],
    ['a lost connection', { causes: ['UND_ERR_SOCKET', 'ECONNRESET'] }, 'connection'],
    ['bytes that do not unpack', { causes: ['Z_DATA_ERROR'] }, 'malformed'],
    ['text that is no JSON', { causes: ['SyntaxError'] }, 'malformed'],
    ['something without any facts', {}, 'connection'],
  ])('decides by %s', (_, facts, kind) => {
    expect(failureKind({ ...nothing, ...facts })).toBe(kind);
  });
});

describe('failureFacts', () => {
  it('reads the fields of an API error', () => {
    const headers = new Headers({ 'retry-after': '3' });
    const error = Object.assign(new Error('429 {"type":"error"}'), {
      status: 429,
      type: 'rate_limit_error',
      errorCode: null,
      apiMessage: 'slow down',
      headers,
    });
    expect(failureFacts(error)).toEqual({
      errorCode: null,
      type: 'rate_limit_error',
      status: 429,
      causes: ['Error'],
      said: 'slow down',
      headers,
    });
  });

  it('takes code and words from the deepest cause', () => {
    const deepest = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
    const error = new Error('Connection error.', { cause: new TypeError('fetch failed', { cause: deepest }) });
    expect(failureFacts(error)).toMatchObject({
      causes: ['Error', 'TypeError', 'ECONNREFUSED', 'Error'],
      said: 'connect ECONNREFUSED 127.0.0.1:1',
    });
  });

  it('names the code where the words do not', () => {
    const cause = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
    expect(failureFacts(new Error('terminated', { cause })).said).toBe('UND_ERR_SOCKET: other side closed');
  });

  it.each([[null], [undefined], ['a string'], [42]])('makes something of %j', (error) => {
    expect(failureFacts(error)).toMatchObject({ status: null, said: 'unknown error' });
  });

  it('survives a cause that is its own cause', () => {
    const error = new Error('ouroboros');
    error.cause = error;
    expect(failureFacts(error).said).toBe('ouroboros');
  });
});

describe('printable', () => {
  it.each([
    ['<html><style>p{}</style><h1>502</h1>\n<p>Bad gateway</p></html>', '502 Bad gateway'],
    ['bell\u0007 and\u001b[31m colour', 'bell and [31m colour'],
    ['invalid key sk-1: sk-1 is not yours', 'invalid key [key]: [key] is not yours'],
    ['x'.repeat(400), 'x'.repeat(300)],
  ])('cleans %j', (text, expected) => {
    expect(printable(text, 'sk-1')).toBe(expected);
  });

  it('hides nothing when there is no key', () => {
    expect(printable('as it is', '')).toBe('as it is');
  });
});
