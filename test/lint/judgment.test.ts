import { describe, expect, it } from 'vitest';
import { lintCriterion } from './lint-text.ts';

/** What the judgment rules say about a criterion of a delegated story, at warning or above. */
function judged(criterion: string): readonly string[] {
  return lintCriterion(criterion)
    .filter(({ rule, severity }) => rule.startsWith('judgment/') && severity !== 'info')
    .map(({ rule }) => rule.slice('judgment/'.length));
}

describe('what must not be flagged', () => {
  it.each([
    // totality, negation, modality, passive voice
    'Every table has a primary key',
    'No new dependency is added to package.json',
    'All four tabs show their name',
    'A guest can only read and must never write',
    'The draft is saved when the window closes',
    'Either the invoice or the receipt is attached',
    // sets that can be enumerated
    'Remove `lodash` from every package.json',
    'All usages of `oldTotal()` are replaced by `total()`',
    // verbs that look like adjectives
    'Clear cart: confirmation dialog before calling `CartController.clearCart()`',
    'Complete the order with Enter',
    'Clear button empties the search field',
    'Correct the link to the imprint',
    'Clean up temporary uploads after the import',
    // technical terms
    'Smooth scrolling is on for anchor links',
    'Parses well-formed XML without a DOM',
    'The branch is a fast-forward of main',
    'Content stays inside the safe area',
    'The page has a light and a dark theme',
    'The badge has the variant `large`',
    'The responsive class md:grid-cols-2 is applied',
    'Shows a working directory selector',
    // a tool that is clean or green
    '`cargo clippy` is clean',
    'git status is clean after the build',
    // free details nobody asks to judge
    'A small icon stands left of the title',
    'Tags are shown as coloured pills',
    // a condition that the program meets
    'Shows the reason when the server sends one',
    'The toolbar scrolls sideways if needed',
    'Hides the hint if the list is too long',
    // presence
    'Empty state with an icon',
    'README has a section on limits',
    'Adds a section for billing below the profile',
    // named unchanged things
    '`src/legacy/` is unchanged',
    'Does not call `fetch` while offline',
    // words as values
    'The priority is high, medium or low',
    'Levels are error, warning and info',
    'Fields: name, note (optional), colour (optional)',
    // quoted text of the user interface
    "Shows 'Something looks wrong'",
    'The button reads "Works like a charm"',
    // something concrete decides the word
    'Fails gracefully: keeps the draft and exits 2',
    "Handles a lost connection by showing 'Offline'",
    'Handles a missing file: prints its path and exits 2',
    'Answers quickly: under 200 ms for 10,000 rows',
    'Responsive: one column below 640px, three above',
    "Invalid mail addresses get a helpful error: 'No @ in the address'",
    'The parser rejects an empty file with a clear error and exits non-zero',
    'Tests cover edge cases: empty cart, one item, sold out',
    'Verify in browser: the badge is red when the priority is `high`',
    'Styled consistently with `Card` in src/ui/Card.tsx: 8px radius, 1px border',
    // a purpose demands nothing
    'The index is sorted by date so that reviews feel faster',
    'Add an index on `orders.date` for faster exports',
    'A smoke test to verify the importer works',
    // brackets at the end name what has been said
    'Falls back to the cached rate (graceful degradation)',
    'The chip is amber (consistent with the toolbar)',
    // the same subject does something that can be seen
    'The switch works and writes the choice to disk',
    'The relay works as a plain TCP proxy',
    // a control, not a quality
    'The search field has a clear button',
    'Exits cleanly with "Bye"',
    'The archived folder stays unchanged while the sync runs',
    'Verify the badge is hidden for guests',
    // names
    'The Smart Cart shows three items',
    'Opens the Quick Actions menu',
  ])('%s', (criterion) => {
    expect(judged(criterion)).toEqual([]);
  });
});

describe('what must be flagged', () => {
  it.each([
    ['Handle edge cases appropriately', 'unbounded-scope'],
    ['ensure the UX feels responsive', 'no-threshold'],
    ['Upload errors are handled appropriately', 'vague-adverb'],
    ['The wizard behaves as expected', 'vague-adverb'],
    ['`save()` stores the draft correctly', 'vague-adverb'],
    ['The form has proper validation', 'vague-adverb'],
    ['The importer prints a meaningful summary', 'vague-quality'],
    ['Rejects a wrong token with a clear error message', 'vague-quality'],
    ['The settings page is intuitive', 'vague-quality'],
    ['No confusing labels on the map', 'vague-quality'],
    ['The total stands out', 'subjective-ux'],
    ['Clean and modern look', 'subjective-ux'],
    ['The list is easy to scan', 'subjective-ux'],
    ['Search stays fast in big workspaces', 'no-threshold'],
    ['Imports large files', 'no-threshold'],
    ['Responsive on phones', 'no-threshold'],
    ['Make the day cells larger', 'bare-comparative'],
    ['Improve the onboarding flow', 'bare-comparative'],
    ['Existing behaviour is preserved', 'unbounded-scope'],
    ['No regressions in the editor', 'unbounded-scope'],
    ['The exporter still works', 'unbounded-scope'],
    ['Comprehensive documentation of the API', 'unbounded-scope'],
    ['Accepts PNG, JPEG, etc.', 'open-list'],
    ['Add a database index if needed', 'escape-hatch'],
    ['Use a date library or similar', 'escape-hatch'],
    ['Optional: animate the badge', 'escape-hatch'],
    ['Ideally the list is cached', 'escape-hatch'],
    ['Follows the existing code style', 'pattern-ref'],
    ['Uses best practices for forms', 'pattern-ref'],
    ['The dialog matches the app theme', 'pattern-ref'],
    ['Layout matches the mock-up', 'external-ref'],
    ['Colours as described in the brand book', 'external-ref'],
    ['The page matches https://example.com/shop', 'external-ref'],
    ['Login working', 'no-outcome'],
    ['Add error handling', 'no-outcome'],
    ['Handles several currencies', 'no-threshold'],
    ['Verify navigation on tablets', 'no-outcome'],
    ['Fix the header layout', 'no-outcome'],
    ['Verify in browser', 'manual-check'],
    ['Tested manually on a phone', 'manual-check'],
    ['Validation logic is unchanged', 'unbounded-scope'],
    ['Preserve all existing invoice numbering logic', 'unbounded-scope'],
    ['Verify that no order is overlooked', 'unbounded-scope'],
    ['Cover every path', 'unbounded-scope'],
    ['If the signal is weak, hold the last position', 'no-threshold'],
    ['The parser stays flexible', 'no-threshold'],
    ['Low-confidence matches go to a person', 'no-threshold'],
    ['The report uses chat-friendly formatting', 'vague-quality'],
    ['No critical errors during checkout', 'vague-quality'],
    ['Prints the plan with clear separators', 'vague-quality'],
    ['Consistent card heights', 'vague-quality'],
    ['Rejects the token with a clear error if `SECRET` is missing', 'vague-quality'],
    ['Animates all 5 tabs of the screen correctly', 'vague-adverb'],
    ['Use the map widget, or a similar one if simpler', 'escape-hatch'],
    ['Expose hooks where needed', 'escape-hatch'],
    ['The importer is updated if needed', 'escape-hatch'],
    ['Follows the naming patterns of the module', 'pattern-ref'],
    ['Exports the same format as the web page', 'pattern-ref'],
    ['Update the invoice class similarly', 'pattern-ref'],
    ['The visual appearance matches the old shop', 'pattern-ref'],
    ['Update the invoice card styling', 'no-outcome'],
    ['Browser verify: navigate through the pages', 'manual-check'],
    ['Identify the code that connects to the broker', 'open-decision'],
    ['Recommend a caching approach', 'open-decision'],
    ['Research hashing algorithms (MD5, SHA-1)', 'open-decision'],
    ['The page positions the shop as the only source', 'prose-quality'],
    ['The intro conveys why the project matters', 'prose-quality'],
    ['Choose a state library', 'open-decision'],
    ['Investigate the memory leak', 'open-decision'],
    ['The design lead signs off', 'approval'],
    ['Reviewed by two maintainers', 'approval'],
  ])('%s (%s)', (criterion, rule) => {
    expect(judged(criterion)).toEqual([rule]);
  });
});

describe('the story that the project began with', () => {
  it.each([
    "Empty state: shopping bag icon + 'Start exploring' button routing to /home",
    'Populated: list of cart items with quantity stepper, line total and remove icon',
    'Clear cart: confirmation dialog before calling `CartController.clearCart()`',
    'Summary card: subtotal, delivery fee, total and "Checkout" button',
    'Verify: flutter analyze — no errors',
    'Typecheck passes',
    'returns 400 with error "Invalid email"',
  ])('may keep "%s"', (criterion) => {
    expect(judged(criterion)).toEqual([]);
  });
});

describe('other languages', () => {
  it.each([
    ['As mensagens de erro são claras para o usuário', 'vague-quality'],
    ['La página carga rápidamente para todos', 'no-threshold'],
    ['Le formulaire fonctionne correctement dans la page', 'vague-adverb'],
    ['Die Fehler werden angemessen behandelt und gezeigt', 'vague-adverb'],
    ['错误信息清晰友好', 'vague-quality'],
    ['Ошибки обрабатываются корректно', 'vague-adverb'],
    ['오류를 적절하게 처리한다', 'vague-adverb'],
    ['支持多种格式（PNG、JPEG、etc.）', 'open-list'],
    ['多账号登录支持', 'no-outcome'],
    ['エラーを適切に処理する', 'vague-adverb'],
  ])('%s (%s)', (criterion, rule) => {
    const [finding] = lintCriterion(criterion).filter((one) => one.rule.startsWith('judgment/'));
    expect([finding?.rule, finding?.severity]).toEqual([`judgment/${rule}`, 'warning']);
  });

  it('a bare noun of behaviour is one only when nothing else is said', () => {
    expect(judged('支持 PNG 上传')).toEqual([]);
    expect(judged('点击保存后显示提示，并返回管理')).toEqual([]);
  });

  it('a Latin word counts inside other scripts only as a whole', () => {
    expect(judged('通过 fetch 获取列表')).toEqual([]);
  });

  it('stays silent on a language without a lexicon', () => {
    expect(judged('Het formulier werkt niet goed met de knop en is duidelijk voor een gast')).toEqual([]);
  });
});

describe('matches', () => {
  it('are offsets in UTF-16 units of the criterion', () => {
    const [finding] = lintCriterion('🎉 Errors are handled properly').filter(({ rule }) =>
      rule.startsWith('judgment/'),
    );
    expect(finding?.matches).toEqual([{ offset: 22, length: 8 }]);
    expect('🎉 Errors are handled properly'.slice(22, 30)).toBe('properly');
  });
});
