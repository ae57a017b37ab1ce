import type { Endpoint, ModelEntry, Price } from './model.ts';
import type { UserModel } from './user-model.ts';

export type Rates = Omit<Price, 'source' | 'asOf'>;

/** The entry with the user's word on top. */
export function withUserModel(entry: ModelEntry, model: UserModel): ModelEntry {
  return {
    ...entry,
    id: model.id ?? entry.id,
    ...(model.price !== undefined && { price: userPrice(model.price) }),
    ...(model.priceAbove && {
      priceAbove: { ...writeDefaults(model.priceAbove), promptTokens: model.priceAbove.promptTokens },
    }),
    contextLimit: model.contextLimit ?? entry.contextLimit,
    turnCap: model.turnCap ?? entry.turnCap,
    minCacheablePrefix: model.minCacheablePrefix ?? entry.minCacheablePrefix,
    ...(model.effort && { effort: model.effort }),
    ...(model.thinking && { thinking: model.thinking }),
    endpoint: userEndpoint(entry.endpoint, model),
  };
}

/** Without a listed price a 5 min write costs 1.25 x input and a 1 h write 2 x; a read is not assumed to be cheaper. */
export function writeDefaults(price: { in: number; out: number } & { [K in keyof Rates]?: number | undefined }): Rates {
  return {
    in: price.in,
    out: price.out,
    cacheRead: price.cacheRead ?? price.in,
    write5m: price.write5m ?? price.in * 1.25,
    write1h: price.write1h ?? price.in * 2,
  };
}

function userPrice(price: NonNullable<UserModel['price']> | null): Price | 'flat' | null {
  if (price === null || price === 'flat') return price;
  return { ...writeDefaults(price), source: price.source ?? 'user config', asOf: price.asOf ?? 'unknown' };
}

/** A model with an address of its own is never sent the key of the default endpoint by accident. */
function userEndpoint(base: Endpoint, model: UserModel): Endpoint {
  return {
    baseUrl: model.baseUrl ?? base.baseUrl,
    apiKeyEnv: model.apiKeyEnv ?? (model.baseUrl === undefined ? base.apiKeyEnv : ''),
    auth: model.auth ?? base.auth,
    apiVersion: model.apiVersion === undefined ? base.apiVersion : model.apiVersion,
  };
}
