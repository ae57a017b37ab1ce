import * as z from 'zod';

const rate = z.number().min(0);
const count = z.number().int().positive();
const rates = { in: rate, out: rate, cacheRead: rate.optional(), write5m: rate.optional(), write1h: rate.optional() };

/** One entry of `models` in user config: what to add to, or change about, a model. Never read from a repository. */
export const userModel = z.strictObject({
  id: z.string().min(1).optional().describe('Model id sent to the endpoint. Default: the name of this entry.'),
  price: z
    .union([
      z.strictObject({ ...rates, source: z.string().optional(), asOf: z.iso.date().optional() }),
      z.literal('flat'),
      z.null(),
    ])
    .optional()
    .describe('USD per million tokens; "flat" when a request costs nothing extra; null when unknown.'),
  priceAbove: z
    .strictObject({ ...rates, promptTokens: count })
    .optional()
    .describe('Prices of the whole request once its prompt is longer than `promptTokens`.'),
  contextLimit: count.optional(),
  turnCap: count.optional(),
  minCacheablePrefix: z.number().int().min(0).optional(),
  effort: z.array(z.string()).optional().describe('Effort levels this model accepts; others are never sent.'),
  thinking: z.array(z.string()).optional(),
  baseUrl: z.url().optional().describe('Endpoint that speaks the Messages API.'),
  apiKeyEnv: z.string().optional().describe('NAME of the environment variable with its key; empty: no key.'),
  auth: z.enum(['bearer', 'x-api-key']).optional(),
  apiVersion: z.string().min(1).nullable().optional().describe('Value of the `anthropic-version` header.'),
});

export type UserModel = z.infer<typeof userModel>;
