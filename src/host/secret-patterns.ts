/**
 * What well-known secrets look like. No match is longer than `maxPatternChars`, and none takes more than linear time. `sure`:
 * nothing but a secret looks so; the others stand in ordinary examples too, and are hidden but never held against anybody.
 */
export const secretPatterns: readonly { readonly name: string; readonly pattern: RegExp; readonly sure: boolean }[] = [
  { name: 'anthropic-key', sure: true, pattern: /\bsk-ant-[\w-]{20,400}/g },
  { name: 'openai-key', sure: true, pattern: /\bsk-(?!ant-)(?=[\w-]{0,60}\d)(?=[\w-]{0,60}[A-Z])[\w-]{32,400}/g },
  { name: 'aws-key', sure: true, pattern: /\b(?:AKIA|ASIA)(?!IOSFODNN7EXAMPLE)[A-Z0-9]{16}\b/g },
  { name: 'github-token', sure: true, pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{22,255})/g },
  { name: 'gitlab-token', sure: true, pattern: /\bglpat-[\w-]{20,255}/g },
  { name: 'google-key', sure: true, pattern: /\bAIza[\w-]{35}/g },
  { name: 'npm-token', sure: true, pattern: /\bnpm_[A-Za-z0-9]{36}\b|(?<=_authToken=)[\w-]{20,400}/g },
  { name: 'slack-token', sure: true, pattern: /\bxox[abeoprs]-[\w-]{10,255}/g },
  { name: 'stripe-key', sure: true, pattern: /\b[rs]k_live_[A-Za-z0-9]{16,255}/g },
  { name: 'jwt', sure: false, pattern: /\beyJ[\w-]{10,2000}\.[\w-]{10,4000}\.[\w-]{10,1000}/g },
  { name: 'bearer', sure: false, pattern: /(?<=\b[Bb]earer )[\w.~+/-]{16,2000}=*/g },
  {
    name: 'url-password',
    sure: false,
    pattern: /(?<=\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{1,100}:)[^\s/@]{1,200}(?=@)/g,
  },
  {
    name: 'private-key',
    sure: true,
    // The first line alone gives it away; the rest may have been cut off.
    pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:[\s\S]{1,7000}?-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
  },
];

export const maxPatternChars = 8_192;
