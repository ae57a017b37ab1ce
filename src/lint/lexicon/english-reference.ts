import type { PhraseGroup } from './phrase-group.ts';

/** References to styles and conventions, and to things a checker does not have in front of them. */
export const englishReference: readonly PhraseGroup[] = [
  {
    rule: 'pattern-ref',
    family: 'pattern',
    confidence: 'high',
    phrases: `
      existing/current/established/same/similar/project/project's/codebase/codebase's/repo/app/app's/application/site/site's/overall/house/our/surrounding/team/consistent _? _? pattern/patterns/style/styles/styling/convention/conventions/theme/aesthetic/aesthetics/approach/idioms,
      existing/established/same/app/site/site's/overall/consistent _? design/visual language/style/system/look,
      best practice/practices, best-practice, best-practices, industry standard/standards, industry-standard,
      coding standards/style/conventions/guidelines, code style, style guide, styleguide, design language,
      brand guidelines/guide/identity/voice/colors/colours, house style, consistent visual style/language/identity,
      accessibility standards/guidelines, naming conventions, platform conventions`,
  },
  {
    rule: 'pattern-ref',
    family: 'rest',
    confidence: 'high',
    phrases: `
      rest of the? app/application/site/codebase/ui/project/page/product/system/website/interface/design/code/dashboard/_,
      like the/all? other/others/rest/existing _?, same as other/the other/the rest/existing/all other _`,
  },
  {
    rule: 'pattern-ref',
    family: 'compare',
    confidence: 'high',
    phrases: `
      consistent with, consistently with, in line with, aligned with, aligns with, align with, in keeping with,
      in the style of, in the same style/way/manner/spirit/fashion as, styled like, looks/look like, same way as,
      same look/style/pattern/feel/approach/quality as, modeled after,
      modelled after, modeled on, inspired by, comparable to, on par with, in parity with`,
  },
  {
    rule: 'pattern-ref',
    family: 'likeness',
    confidence: 'medium',
    phrases: `
      similar to, similarly to, similarly, likewise, analogous to, resembles, resemble, resembling,
      match/matches/matching the? existing/current _? _? _? behavior/behaviour/implementation,
      same _? format/content/behavior/behaviour/look/ux/experience/structure/layout/treatment as,
      mirrors/mirror/mirroring the? structure/layout/behavior/behaviour/pattern/patterns/design/style/api/approach of`,
  },
  {
    rule: 'pattern-ref',
    family: 'follow',
    confidence: 'high',
    phrases: `
      follow/follows/following/inherit/inherits/apply/applies/adhere/adheres/conform/conforms to? the/our? _? _? patterns/conventions/guidelines/principles/idioms`,
  },
  {
    rule: 'pattern-ref',
    family: 'match',
    confidence: 'high',
    phrases: `match, matches, matching, fits, fit in with, blends in`,
  },
  {
    rule: 'external-ref',
    family: 'document',
    confidence: 'high',
    phrases: `
      mock-up, mock-ups, mockup, mockups, wireframe, wireframes, figma, zeplin,
      design file/files/doc/docs/document/spec/comp/comps, reference image/screenshot/design/app/site,
      attached image/screenshot/file/design, appendix, as discussed/agreed/requested,
      as described/specified/defined/documented/outlined/noted/mentioned/stated/shown/listed in/by/above/below/elsewhere/earlier?,
      per the/our spec/specs/specification/design/designs/prd/document/doc/docs/documentation/requirements/ticket/issue/brief/plan/mockup/architecture/guidelines/standard/rfc/proposal,
      per spec/design/prd/docs/requirements,
      according to the? spec/specs/specification/design/prd/document/docs/requirements/ticket/plan/brief/guidelines/_,
      see the? ticket/issue/wiki/doc/docs/document/spec/design/figma/prd/comments/notes/above/below,
      from the? spec/specification/design/figma/prd/brief/ticket/meeting/mockup,
      in the ticket/brief/wiki/mockup/figma/meeting, spec section/sections`,
  },
  {
    rule: 'external-ref',
    family: 'spec',
    confidence: 'medium',
    phrases: `
      matches/match/matching/follows/follow/following/conforms/conform/against/meets/satisfies/implements/validated to? the? original/official/target/reference/design/product/adobe/upstream/_? spec/specs/specification/specifications/design/designs/prd/requirements/brief/prototype/plan/contract/proposal`,
  },
  {
    rule: 'external-ref',
    family: 'link',
    confidence: 'high',
    phrases: `
      match, matches, matching, follow, follows, following, per, see, like, replicates, replicate, mirrors, mirror`,
  },
];
