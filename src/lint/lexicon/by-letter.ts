import type { PhraseGroup } from './phrase-group.ts';

/** Languages matched inside words: scripts without spaces, and stems for rich endings. Never surer than medium. */
export const chinese: readonly PhraseGroup[] = [
  {
    rule: 'vague-adverb',
    family: 'manner',
    confidence: 'medium',
    phrases: '正确, 适当, 合适, 恰当, 妥善, 优雅地, 优雅处理, 合理, 符合预期, 按预期',
  },
  {
    rule: 'vague-quality',
    family: 'core',
    confidence: 'medium',
    phrases: '友好, 清晰, 直观, 易用, 易于, 专业, 高质量, 健壮, 有意义, 完善, 简洁, 易读',
  },
  {
    rule: 'subjective-ux',
    family: 'core',
    confidence: 'medium',
    phrases: '美观, 流畅, 好看, 舒适, 用户体验, 视觉效果, 醒目',
  },
  {
    rule: 'no-threshold',
    family: 'speed',
    confidence: 'medium',
    phrases: '快速, 高效, 性能良好, 及时, 轻量, 响应式, 适配移动端, 足够',
  },
  {
    rule: 'unbounded-scope',
    family: 'cases',
    confidence: 'medium',
    phrases: '边界情况, 各种情况, 所有情况, 异常情况, 不影响现有, 不影响其他, 现有功能, 全面, 保持不变',
  },
  { rule: 'open-list', family: 'tail', confidence: 'medium', phrases: '等等, etc' },
  {
    rule: 'escape-hatch',
    family: 'condition',
    confidence: 'medium',
    phrases: '如有需要, 如有必要, 必要时, 如需要, 尽量, 尽可能, 或类似, 视情况, 酌情, 最好',
  },
  {
    rule: 'pattern-ref',
    family: 'pattern',
    confidence: 'medium',
    phrases: '最佳实践, 现有风格, 风格一致, 与现有, 保持一致',
  },
  { rule: 'external-ref', family: 'document', confidence: 'medium', phrases: '设计稿, 原型图, 参考文档' },
  {
    rule: 'no-outcome',
    family: 'works',
    confidence: 'medium',
    phrases: '正常工作, 正常运行, 功能正常, 工作正常, 显示正常, 可正常, 能正常',
  },
  {
    rule: 'no-outcome',
    family: 'bare',
    confidence: 'medium',
    phrases: '功能, 支持, 可配置, 管理, 处理, 优化, 机制, 提醒, 集成',
  },
  {
    rule: 'manual-check',
    family: 'eye',
    confidence: 'medium',
    phrases: '浏览器中验证, 在浏览器验证, 手动测试, 手动验证, 人工检查, 人工验证, 肉眼',
  },
  { rule: 'approval', family: 'verdict', confidence: 'medium', phrases: '审批通过, 评审通过, 经确认' },
];

export const japanese: readonly PhraseGroup[] = [
  {
    rule: 'vague-adverb',
    family: 'manner',
    confidence: 'medium',
    phrases: '適切, 正しく, 正しい, 想定通り, 期待通り, きちんと',
  },
  {
    rule: 'vague-quality',
    family: 'core',
    confidence: 'medium',
    phrases: '直感的, わかりやす, 分かりやす, 使いやす, 高品質, 明確な',
  },
  {
    rule: 'subjective-ux',
    family: 'core',
    confidence: 'medium',
    phrases: '見やす, 読みやす, きれい, 綺麗, スムーズ, 滑らか, 違和感',
  },
  {
    rule: 'no-threshold',
    family: 'speed',
    confidence: 'medium',
    phrases: '高速, 素早く, 効率的, 軽量, 十分な, レスポンシブ',
  },
  {
    rule: 'unbounded-scope',
    family: 'cases',
    confidence: 'medium',
    phrases: 'エッジケース, あらゆる, 既存の機能, 既存機能, 既存の動作, 影響がない, 影響を与えない',
  },
  {
    rule: 'escape-hatch',
    family: 'condition',
    confidence: 'medium',
    phrases: '必要に応じて, 可能であれば, 可能な限り, 必要なら, できれば',
  },
  {
    rule: 'pattern-ref',
    family: 'pattern',
    confidence: 'medium',
    phrases: 'ベストプラクティス, 既存のパターン, 既存のスタイル, 一貫性',
  },
  {
    rule: 'no-outcome',
    family: 'works',
    confidence: 'medium',
    phrases: '正常に動作, 正常に機能, 動作する, エラーハンドリング, エラー処理',
  },
  { rule: 'manual-check', family: 'eye', confidence: 'medium', phrases: 'ブラウザで確認, 手動で, 目視' },
];

export const korean: readonly PhraseGroup[] = [
  {
    rule: 'vague-adverb',
    family: 'manner',
    confidence: 'medium',
    phrases: '적절, 올바르게, 올바른, 제대로, 정확하게, 예상대로',
  },
  {
    rule: 'vague-quality',
    family: 'core',
    confidence: 'medium',
    phrases: '직관적, 친화적, 명확한, 명확하게, 이해하기 쉬, 고품질, 의미 있는',
  },
  {
    rule: 'subjective-ux',
    family: 'core',
    confidence: 'medium',
    phrases: '깔끔, 부드럽, 자연스럽, 보기 좋, 가독성, 사용자 경험',
  },
  { rule: 'no-threshold', family: 'speed', confidence: 'medium', phrases: '빠르게, 빠른, 효율적, 충분한, 반응형' },
  {
    rule: 'unbounded-scope',
    family: 'cases',
    confidence: 'medium',
    phrases: '엣지 케이스, 모든 경우, 기존 기능, 영향 없',
  },
  {
    rule: 'escape-hatch',
    family: 'condition',
    confidence: 'medium',
    phrases: '필요시, 필요한 경우, 필요하면, 가능하면, 가능한 경우',
  },
  { rule: 'pattern-ref', family: 'pattern', confidence: 'medium', phrases: '기존 패턴, 기존 스타일, 일관성, 일관된' },
  {
    rule: 'no-outcome',
    family: 'works',
    confidence: 'medium',
    phrases: '정상 동작, 정상 작동, 정상적으로, 에러 처리, 오류 처리',
  },
  { rule: 'manual-check', family: 'eye', confidence: 'medium', phrases: '브라우저에서 확인, 수동으로, 육안' },
];

export const russian: readonly PhraseGroup[] = [
  {
    rule: 'vague-adverb',
    family: 'manner',
    confidence: 'medium',
    phrases: 'корректно, правильно, адекватно, надлежащ, соответствующим образом, как ожидается',
  },
  {
    rule: 'vague-quality',
    family: 'core',
    confidence: 'medium',
    phrases: 'удобн, понятн, интуитивн, качественн, осмысленн, аккуратн, дружелюбн',
  },
  {
    rule: 'subjective-ux',
    family: 'core',
    confidence: 'medium',
    phrases: 'красив, плавн, приятн, читаем, читабельн, визуально',
  },
  {
    rule: 'no-threshold',
    family: 'speed',
    confidence: 'medium',
    phrases: 'быстро, быстры, эффективн, отзывчив, адаптивн, достаточн',
  },
  { rule: 'unbounded-scope', family: 'cases', confidence: 'medium', phrases: 'краевые, граничные, крайние, регресси' },
  {
    rule: 'escape-hatch',
    family: 'condition',
    confidence: 'medium',
    phrases: 'необходимости, возможности, желательно',
  },
  { rule: 'pattern-ref', family: 'pattern', confidence: 'medium', phrases: 'лучшие практики, существующ' },
  {
    rule: 'no-outcome',
    family: 'works',
    confidence: 'medium',
    phrases: 'работает, работают, работоспособ, обрабатыва',
  },
  { rule: 'manual-check', family: 'eye', confidence: 'medium', phrases: 'вручную' },
];
