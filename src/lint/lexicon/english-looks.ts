import type { PhraseGroup } from './phrase-group.ts';

/** Looks, feelings, emphasis and readability. */
export const englishLooks: readonly PhraseGroup[] = [
  {
    rule: 'subjective-ux',
    family: 'core',
    confidence: 'high',
    phrases: `
      feels, feel, look and feel, look-and-feel,
      looks/look good/great/nice/right/correct/fine/ok/okay/professional/polished/clean/modern/better/natural/native/consistent/sharp/premium/balanced/reasonable/acceptable,
      polished,
      visually appealing/pleasing/balanced/attractive/consistent/clean/coherent/cohesive/polished/striking/rich/engaging/interesting/clear/distinct/distinguishable/prominent/dominant/heavy/light/obvious/separated/lighter/heavier,
      visual polish/appeal/balance/clarity/consistency/weight/quality/impact/interest/noise/clutter/emphasis/prominence/harmony/rhythm/coherence,
      appealing, attractive, beautiful, aesthetic, aesthetics, aesthetically, pleasing, uncluttered, clutter-free,
      clutter, cluttered, stands/stand/standing out, eye-catching, prominence,
      easy to scan/read/see/spot/find/notice/distinguish/tap/hit/parse/digest, easy-to-scan, easy-to-read,
      easily scannable/readable/visible/distinguishable/identifiable/discoverable, scannable, glanceable, legible,
      legibility, readability, at a glance, comfortable, delightful, playful, breathing room, well-spaced,
      well spaced, harmonious, cohesive, sleek, stylish, immersive, on-brand,
      modern/clean/professional/minimal/premium/native/consistent/polished/contemporary look/design/aesthetic/style/feel/ui/appearance/layout/interface,
      focal point, visual focus, page focus, main focus, draws/draw attention, strongest/dominant visual _,
      user experience, unobtrusive, unobtrusively, intrusive, non-intrusive, distracting, overwhelming, overwhelmed,
      cramped, crowded, jarring, janky, jank, jank-free, awkward, clunky, ugly, _ feel, good ux,
      smooth/seamless/fluid transition/transitions/animation/animations/motion/interaction/interactions/flow/experience/handoff/ui/playback`,
  },
  {
    rule: 'subjective-ux',
    family: 'soft',
    confidence: 'medium',
    phrases: `
      readable, polish, smooth, smoothly, visual hierarchy, distinguishable, tone, refined, prominent, prominently,
      clearly visible/readable/distinguishable/labeled/labelled/marked/indicated/separated/identifiable/distinguished,
      clear hierarchy, balanced, framing`,
  },
];
