import { crashPoint } from '../host/crash-point.ts';
import type { EmitEvent, EventData } from '../run/events.ts';
import type { Checkout } from '../workspace/workspace.ts';

/** Lets the checkout follow a branch that has moved, with the intent in the journal first: a kill may come in between. */
export async function followCheckout(
  intent: EventData<'follow.intent'>,
  { checkout, emit }: { readonly checkout: Pick<Checkout, 'follow'>; readonly emit: EmitEvent },
): Promise<'followed' | 'left'> {
  const { branch, from, to } = intent;
  await emit({ type: 'follow.intent', data: intent });
  const how = await checkout.follow(branch, from, to);
  crashPoint('land.after-ff');
  await emit({ type: 'follow.done', data: { branch, to, how } });
  return how;
}
