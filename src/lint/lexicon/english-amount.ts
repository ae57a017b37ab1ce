import type { PhraseGroup } from './phrase-group.ts';

/** Speed, size, amount and age without a number; comparatives without a base. */
export const englishAmount: readonly PhraseGroup[] = [
  {
    rule: 'no-threshold',
    family: 'speed',
    confidence: 'high',
    phrases: `
      fast, quickly, performant, snappy, laggy, lag, sluggish, efficient, efficiently, lightweight, promptly, timely,
      fast enough, quick enough, high performance, low latency,
      good/acceptable/reasonable/decent/adequate/optimal/better performance,
      performance is/remains/stays good/acceptable/adequate/ok/fine/reasonable/smooth, perform/performs well,
      reasonable/acceptable time/limits/limit/range/latency/size/speed/amount/default/defaults/length,
      without noticeable/significant/visible/perceptible _,
      without lag/delay/stutter/jank/freezing/stuttering/lagging,
      no noticeable/significant/visible/perceptible/perceivable/major _, near real-time, near-real-time,
      in near real time, as fast/small/little/short/soon/quickly/close/much/many/few as possible,
      minimal/minimum latency/overhead/delay/impact/memory/effort/friction/disruption/downtime/boilerplate/duplication/footprint/changes,
      low overhead, low memory, resource-efficient, memory-efficient,
      optimized/optimised/optimal for performance/speed/size/mobile/print/web, optimized, optimised, optimal,
      performance degradation/impact, under heavy? load, at scale`,
  },
  {
    rule: 'no-threshold',
    family: 'condition',
    confidence: 'medium',
    phrases: `
      is/are/seems/looks too/very/still/genuinely/really? weak/sparse/poor/strong/uncertain/ambiguous/unclear/insufficient/complex/noisy/trivial`,
  },
  {
    rule: 'no-threshold',
    family: 'responsive',
    confidence: 'high',
    phrases: `
      responsive, responsively, mobile-friendly, mobile friendly, mobile-responsive, responsiveness, mobile-optimized,
      touch-friendly, thumb-friendly, finger-friendly, print-friendly, seo-friendly`,
  },
  {
    rule: 'no-threshold',
    family: 'amount',
    confidence: 'high',
    phrases: `
      large/big/huge/long/massive/heavy/high number/numbers/amounts/amount/volume/volumes/files/file/datasets/dataset/data/lists/inputs/input/repos/repositories/projects/documents/collections/tables/diffs/payloads/codebases/codebase/workspaces/texts/responses/histories/logs/queries/traffic/load/transcripts/catalogs/graphs/trees/sets/result,
      enough, many, a few, several, a lot of, lots of, plenty of, numerous, a variety of, a number of, a handful of,
      a couple of, a wide range/variety of`,
  },
  {
    rule: 'no-threshold',
    family: 'degree',
    confidence: 'medium',
    phrases: `
      is/are/be/kept/keep/keeps/stay/stays/remain/remains minimal/thin/lean/small/short/light/slim/compact/focused/tidy/neat/isolated/decoupled/manageable/simple/stable/flexible/solid/smooth, minimal/minimum changes, minimally, minimize, minimise, minimizes,
      minimised, minimized, relatively, fairly, mostly, largely, significantly, substantially, noticeably, overly, genuinely, materially,
      considerably, very, extremely, highly, slightly, somewhat, frequently, occasionally, regularly, periodically,
      low-confidence, high-confidence, low-quality, high-risk, low-risk, near-duplicate, near-duplicates, high-value, low-value,
      concise, too many/much/long/large/small/often, excessive, excessively, various, manageable,
      different/diverse _ types/kinds/sizes`,
  },
  {
    rule: 'no-threshold',
    family: 'circumstance',
    confidence: 'medium',
    phrases: `
      typical/usual/common/everyday change/changes/usage/use/load/hardware/machine/laptop/size/sizes/device/devices/data/dataset/file/files/session/sessions/issue/project/projects/width/widths/workload/workloads/network/connection, common desktop/mobile/screen widths/sizes`,
  },
  {
    rule: 'bare-comparative',
    family: 'comparative',
    confidence: 'medium',
    phrases: `
      larger, smaller, bigger, faster, slower, shorter, longer, wider, narrower, taller, thicker, thinner, bolder,
      lighter, darker, brighter, cleaner, clearer, simpler, easier, stronger, tighter, richer, softer, smoother,
      better, worse, nicer, cheaper, quicker, friendlier, heavier, leaner, safer, smarter, broader,
      more/less prominent/readable/visible/compact/concise/detailed/robust/efficient/reliable/user-friendly/intuitive/accurate/specific/natural/subtle/consistent/flexible/space/padding/contrast/emphasis/detail/explicit/precise/aggressive/spacious/modern/useful/helpful/descriptive/informative/context`,
  },
  {
    rule: 'bare-comparative',
    family: 'change',
    confidence: 'medium',
    phrases: `
      improved, improve, improves, improving, enhanced, enhance, enhances, reduced, reduce, reduces, optimize,
      optimise, optimizes, simplified, simplify, simplifies, streamlined, streamline, streamlines, strengthened,
      strengthen, strengthens, refine, refines, modernize, modernized, tighten, tightened, increased, increase,
      increases, decreased, decrease, decreases, maximize, maximise, maximizes`,
  },
];
