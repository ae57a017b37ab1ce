import type { PhraseGroup } from './phrase-group.ts';

/** How well something is done (adverbs), and how good it is (adjectives). */
export const englishManner: readonly PhraseGroup[] = [
  {
    rule: 'vague-adverb',
    family: 'manner',
    confidence: 'high',
    phrases: `
      properly, correctly, appropriately, gracefully, suitably, adequately, sufficiently, sensibly, nicely,
      seamlessly, robustly, reliably, elegantly, sanely, intelligently, smartly, effectively, predictably,
      meaningfully, carefully, reasonably, logically, flawlessly, perfectly, optimally, responsibly, thoughtfully,
      acceptably, satisfactorily, beautifully, professionally, as expected, as intended, as designed, as desired,
      as planned, as it/they should, like it/they should, as one would expect, as users/you would expect,
      the right/correct/proper/expected way,
      in a/an/the graceful/sane/sensible/reasonable/safe/proper/correct/clean/appropriate/suitable/meaningful/good/nice/user-friendly/robust/consistent/predictable way/manner/fashion`,
  },
  {
    rule: 'vague-adverb',
    family: 'well',
    confidence: 'high',
    phrases: `
      works/work/working/performs/perform/behaves/behave/scales/scale/plays/play/reads/fits/fit/flows/flow/integrates/integrate/functions very/really/quite? well/fine/great/good/ok/okay`,
  },
  {
    rule: 'vague-adverb',
    family: 'soft',
    confidence: 'medium',
    phrases: `
      cleanly, safely, securely, naturally, normally, consistently, accurately, comfortably, accordingly, clearly,
      easily, cleverly, intentionally, deliberately, faithfully, coherently`,
  },
  {
    rule: 'vague-adverb',
    family: 'fit',
    confidence: 'high',
    phrases: `
      appropriate, proper, suitable, graceful, adequate, sufficient, right amount/level/balance/tone/size of?`,
  },
  { rule: 'vague-adverb', family: 'correct', confidence: 'medium', phrases: `correct, accurate` },
  {
    rule: 'vague-quality',
    family: 'core',
    confidence: 'high',
    phrases: `
      user-friendly, user friendly, intuitive, robust, meaningful, helpful, sensible, reasonable, elegant,
      professional, tasteful, high-quality, high quality, good quality, well-structured, well structured,
      well-organized, well-organised, well organized, well-designed, well designed, well-written, well written,
      well-crafted, well-thought-out, well-formatted, well-documented, maintainable, production-ready,
      production ready, production-grade, production-quality, enterprise-grade, best-in-class, world-class,
      state-of-the-art, thoughtful, engaging, compelling, self-explanatory, straightforward, informative, coherent,
      easy to use/understand/follow/maintain/extend/navigate/learn/modify/configure/customize,
      simple to use/understand/follow, easy-to-use, easy-to-understand, easy-to-follow, ease of use,
      developer-friendly, beginner-friendly, reader-friendly, well-commented, well-named, self-documenting,
      heavily commented/documented,
      good/great/excellent/nice/better/best/pleasant/smooth/seamless/optimal/positive/consistent user/developer/reading/viewing/mobile? experience,
      great, nice, excellent, decent, sane, seamless, safe/sane/sensible fallback/fallbacks/default/defaults,
      trustworthy, credible, natural-sounding, delightful, satisfying, high standard/standards`,
  },
  {
    rule: 'vague-quality',
    family: 'soft',
    confidence: 'medium',
    phrases: `
      useful, actionable, descriptive, friendly, realistic, representative, scalable, motivational, empathetic,
      is/are/remain/remains/stay/be usable, extensible, idiomatic, logical, sustainable, predictable, natural,
      premium, human friendly, *-friendly, *-grade, understandable, discoverable, memorable, impactful, unnecessary,
      future-proof, concrete, interpretable, comprehensible, digestible, insightful, valuable, plausible, believable, convincing, persuasive,
      inviting, welcoming, approachable, authentic, rigorous, minimalist, minimalistic, targeted, catchy,
      redundant, excessive`,
  },
  {
    rule: 'vague-quality',
    family: 'abstract',
    confidence: 'medium',
    phrases: `
      ensure/ensures/ensuring/guarantee/guarantees/maintain/maintains/maintaining/provide/provides/enhance/enhances/with/good/high/better/full/proper the/full/good/high/data/code/type? accessibility/security/reliability/consistency/integrity/scalability/maintainability/usability/compatibility/flexibility/quality/stability/robustness/safety/correctness/discoverability/extensibility/observability,
      clean code, solid principles, separation of concerns, single responsibility, loosely coupled, decoupled,
      modular, testable, up to date, up-to-date, plain language, plain english, jargon-free,
      no/without/not obvious/unnecessary/redundant/confusing/misleading/contradictory/conflicting/ambiguous/excessive/awkward/weird/glaring/inconsistent/irrelevant/needless/problematic/unwanted/unresolved/critical/major/serious/severe _?,
      non-contradictory, non-confusing, unambiguous`,
  },
  {
    rule: 'vague-quality',
    family: 'enough',
    confidence: 'medium',
    phrases: `
      relevant, necessary, essential, basic, detailed, critical, important, sensitive, key, standard, usual,
      complete/full documentation/docs/guide/instructions/overview/description/context/information/picture`,
  },
  { rule: 'vague-quality', family: 'clear', confidence: 'medium', phrases: `clear, clean, consistent` },
];
