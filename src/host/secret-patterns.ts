/** What well-known secrets look like. No match is longer than `maxPatternChars`, and none takes more than linear time. */
export const secretPatterns: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'anthropic-key', pattern: /\bsk-ant-[\w-]{20,400}/g },
  { name: 'openai-key', pattern: /\bsk-(?=[\w-]{0,60}\d)(?=[\w-]{0,60}[A-Z])[\w-]{32,400}/g },
  { name: 'aws-key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { name: 'github-token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{22,255})/g },
  { name: 'gitlab-token', pattern: /\bglpat-[\w-]{20,255}/g },
  { name: 'google-key', pattern: /\bAIza[\w-]{35}/g },
  { name: 'npm-token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { name: 'slack-token', pattern: /\bxox[abeoprs]-[\w-]{10,255}/g },
  { name: 'stripe-key', pattern: /\b[rs]k_live_[A-Za-z0-9]{16,255}/g },
  { name: 'jwt', pattern: /\beyJ[\w-]{10,2000}\.[\w-]{10,4000}\.[\w-]{10,1000}/g },
  { name: 'bearer', pattern: /(?<=\b[Bb]earer )[\w.~+/-]{16,2000}=*/g },
  { name: 'url-password', pattern: /(?<=\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{1,100}:)[^\s/@]{1,200}(?=@)/g },
  {
    name: 'private-key',
    pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{1,7000}?-----END [A-Z ]{0,30}PRIVATE KEY-----/g,
  },
];

export const maxPatternChars = 8_192;
