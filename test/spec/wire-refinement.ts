/** One story of `submit_refinement` as a model sends it; what is not stated is empty. */
export function wireRefinement(storyId: string, fields: Readonly<Record<string, unknown>> = {}) {
  return {
    storyId,
    ready: true,
    route: 'delegate',
    reason: '',
    files: [],
    steps: [],
    signatures: [],
    copyFrom: [],
    extraCriteria: [],
    verify: [],
    outOfScope: [],
    risks: [],
    needs: [],
    edits: [],
    ...fields,
  };
}
