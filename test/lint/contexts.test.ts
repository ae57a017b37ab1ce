import { describe, expect, it } from 'vitest';
import type { Confidence } from '../../src/lint/rule.ts';
import { lintCriterion } from './lint-text.ts';

/**
 * How sure a judgment rule is about a criterion; null when it is silent. Milder rules of the criterion are looked at
 * too.
 */
function confidence(rule: string, criterion: string): Confidence | null {
  const found = lintCriterion(criterion, { pedantic: true, only: [`judgment/${rule}`], config: { rules: only(rule) } });
  return found[0]?.confidence ?? null;
}

/** Everything else switched off, so that the rule in question is never the milder one. */
function only(rule: string): Record<string, 'off'> {
  const others = names.filter((name) => name !== rule);
  return Object.fromEntries(others.map((name) => [`judgment/${name}`, 'off']));
}

const names = [
  'vague-adverb',
  'vague-quality',
  'subjective-ux',
  'no-threshold',
  'bare-comparative',
  'unbounded-scope',
  'open-list',
  'escape-hatch',
  'pattern-ref',
  'external-ref',
  'no-outcome',
  'manual-check',
  'prose-quality',
  'open-decision',
  'approval',
];

describe.each<[string, readonly (readonly [string, Confidence | null])[]]>([
  [
    'vague-adverb',
    [
      ['The rows are sorted properly', 'high'],
      ['The rows are sorted properly (CartSorter)', 'medium'],
      ['The rows are sorted properly by CartSorter', 'medium'],
      ['Graceful fallback to the cache', 'high'],
      ['Graceful shutdown on SIGTERM', null],
      ['The appropriate icon is drawn', 'high'],
      ['Rejects orders without sufficient funds', null],
      ['The correct tab opens', 'medium'],
      ['Correct the tab order', null],
      ['Marks the correct answer green', null],
      ['The archive is unpacked safely', 'medium'],
      ['Unpacks the archive safely with checks', 'low'],
      ['Renders correctly, shows the total', null],
      ['Retries if done properly', 'high'],
    ],
  ],
  [
    'vague-quality',
    [
      ['Print a clear message', 'medium'],
      ['Clear the message', null],
      ['The labels are clear', 'medium'],
      ['Starts from a clean checkout', null],
      ['Spacing is consistent across pages', 'medium'],
      ['Rejects it with a clear error and exits 3', null],
      ["Rejects it with a clear error 'No rows'", null],
      ['Shows relevant information', 'medium'],
      ['The part is still relevant', 'low'],
      ['Basic validation of the form', 'medium'],
      ['HTTP basic auth is on', 'low'],
      ['Ensures accessibility of the menu', 'medium'],
      ['No obvious gaps remain', 'medium'],
      ['The importer is robust', 'high'],
      ['The Robust Importer is listed', null],
      ['A parser for robust imports', null],
      ['Hides the tip when the name is meaningful', null],
    ],
  ],
  [
    'subjective-ux',
    [
      ['The page feels light', 'high'],
      ['Feel free to rename', null],
      ['Smooth transitions between tabs', 'high'],
      ['Smoothly scrolls to the row', null],
      ['The error text is readable', 'medium'],
      ['The flag file is readable by admins', null],
      ['The title stands out in bold', 'high'],
      ['The title stands out: 22px', null],
      ['The title stands out — shows first', 'medium'],
      ['Uses one queue to prevent jank', null],
    ],
  ],
  [
    'no-threshold',
    [
      ['The list loads quickly', 'high'],
      ['The list loads quickly, in 200 ms', 'medium'],
      ['The list loads quickly (200 ms)', null],
      ['Bad rows fail fast', null],
      ['Fast food is a category', null],
      ['A responsive layout', 'high'],
      ['The responsive class is set', null],
      ['The bundle is lightweight', 'high'],
      ['A lightweight dialog opens', null],
      ['Accepts large uploads via streaming', null],
      ['Imports large files via a queue', 'medium'],
      ['Truncates the name if too long', null],
      ['The controller stays thin', 'medium'],
      ['The box is small and red', 'medium'],
      ['It is a small box', null],
      ['Points can be simple circles', null],
      ['Several rows are shown', 'high'],
      ['Loads in under 60s on typical hardware', 'medium'],
    ],
  ],
  [
    'bare-comparative',
    [
      ['The cells are larger', 'medium'],
      ['The cells are larger than before', null],
      ['The cells are no longer bold', null],
      ['The cells grow to 48px, larger', 'medium'],
      ['Reduce the padding', 'medium'],
      ['Reduce the padding to 4px', null],
      ['The queue reduces with time', 'low'],
      ['The menu is improved', 'medium'],
    ],
  ],
  [
    'unbounded-scope',
    [
      ['Handles all errors', 'high'],
      ['Covers all login scenarios', 'high'],
      ['Tests cover edge cases: empty, full', null],
      ['The import still works', 'medium'],
      ['The existing tests still work', null],
      ['No regressions in the test suite', null],
      ['Draws the bars (unchanged from current behavior)', 'low'],
      ['Keeps the alias for backward compatibility', null],
      ['Keeps the session across app restarts', null],
      ['Renames the label across the app', 'medium'],
      ['Charts render identically', 'high'],
      ['Charts render identically to the old ones', null],
      ['Nothing else breaks', 'high'],
    ],
  ],
  [
    'open-list',
    [
      ['Accepts PNG, JPEG, etc.', 'medium'],
      ['Moves all constants (A, B, etc.)', 'low'],
      ['Accepts PNG and JPEG', null],
    ],
  ],
  [
    'escape-hatch',
    [
      ['Add an index if needed', 'high'],
      ['The bar scrolls if needed', 'low'],
      ['Adjust the config if needed to load it', 'low'],
      ['Shows the badge when applicable', 'medium'],
      ['Optional: a tour', 'high'],
      ['Optional `limit` parameter', null],
      ['Optional rows are shown in grey', null],
      ['Optionally add a tour', 'high'],
      ['start() optionally takes a callback', 'low'],
      ['Use jsPDF or similar', 'high'],
    ],
  ],
  [
    'pattern-ref',
    [
      ['Follows existing conventions', 'high'],
      ['The menu matches the theme', 'high'],
      ['The total matches the sum', null],
      ['Buttons consistent with other pages', 'medium'],
      ['The field order aligns with the protocol', 'low'],
      ['Props similar to the switch', 'medium'],
      ['Mirrors the structure of the sidebar', 'medium'],
      ['Mirrors the camera image', null],
      ['The rest of the app is used as a guide', 'medium'],
    ],
  ],
  [
    'external-ref',
    [
      ['As described in the ticket', 'high'],
      ['Header as in the Figma file', 'high'],
      ['Follows https://example.com/guide', 'high'],
      ['Build src/Menu.tsx matching home.fig', 'high'],
      ['Links to https://example.com/guide', null],
      ['Shows a mockup of the avatar', null],
      ['Validated against the official spec', 'medium'],
    ],
  ],
  [
    'no-outcome',
    [
      ['Search works', 'high'],
      ['Search works on phones', 'high'],
      ['Docs explain how search works', null],
      ['The working copy is clean', null],
      ['Functional tests exist', null],
      ['The form is functional', 'high'],
      ['Filters and sorting both work', 'high'],
      ['After the POC work, docs are listed', null],
      ['Handle lost connections', 'medium'],
      ['Handle lost connections with a banner', 'low'],
      ['Handle lost connections and return 503', null],
      ['Handle lost connections and show a banner', 'low'],
      ['The row has a drag handle', null],
      ['Error handling', 'high'],
      ['Tool handling uses unions', null],
      ['Supports dark icons', 'low'],
      ['Supports multiple icons', 'medium'],
      ['Verify the header on phones', 'medium'],
      ['Verify the header is red', null],
      ['Fix: header spacing, colours', 'medium'],
      ['Fix the header by removing the gap', null],
    ],
  ],
  [
    'manual-check',
    [
      ['Verify in browser', 'high'],
      ['Verify in browser using dev-browser skill', 'high'],
      ['Verify at http://localhost:3000', 'high'],
      ['Verify menu spacing in browser', 'medium'],
      ['Verify in browser that the menu is red', null],
      ['Verify in browser: 3 rows', null],
      ['Keeps manually entered rows', null],
      ['Checked by hand', 'high'],
    ],
  ],
  [
    'prose-quality',
    [
      ['The headline conveys trust', 'medium'],
      ['Uses Flask or Express', null],
      ["The headline conveys 'Ships today'", null],
    ],
  ],
  [
    'open-decision',
    [
      ['Audit the routes', 'high'],
      ['Audit log lists every login', null],
      ['Review page shows the cart', null],
      ['Audit all buttons: at least 44px', null],
      ['Choose a queue', 'high'],
      ['Choose colour', 'low'],
      ['Identify slow queries', 'medium'],
      ['The audit is stored', null],
    ],
  ],
  [
    'approval',
    [
      ['Approved by legal', 'high'],
      ['Returns the approval date', null],
    ],
  ],
])('%s', (rule, rows) => {
  it.each(rows)('"%s": %s', (criterion, expected) => {
    expect(confidence(rule, criterion)).toBe(expected);
  });
});
