import { StageFailed } from '../tls/handshake.ts';
import type { Channel } from './exchange.ts';
import type { Message } from './message.ts';
import { leftMs, NO_PHASES, type Slot, transact, type Unanswered } from './transact.ts';
import { type Weighed, weighAnswer } from './weigh-answer.ts';

export interface Repeated {
  readonly answers: readonly Weighed[];
  /** How many went over the connection of the one before. */
  readonly reused: number;
  /** What ended it before all were answered; null where nothing did. */
  readonly broken: Unanswered | null;
}

export const NOT_REPEATED: Repeated = { answers: [], reused: 0, broken: null };

/** The same request again, `slot.settings.requests` in all with the one before; closes the connection. */
export async function repeat(
  url: URL,
  message: Message,
  before: { readonly channel: Channel; readonly slot: Slot },
): Promise<Repeated> {
  const { slot } = before;
  const { requests } = slot.settings;
  const answers: Weighed[] = [];
  let { channel } = before;
  let reused = 0;
  try {
    for (let i = 2; i <= requests; i++) {
      const isLast = i === requests;
      const again = channel.isOpen() ? await reuse(channel, { url, message, slot, isLast }) : null;
      if (again !== null) {
        if ('kind' in again) return { answers, reused, broken: again };
        reused++;
        answers.push(again);
        continue;
      }
      channel.close();
      const anew = await transact(url, message, slot);
      if (anew.kind !== 'answered') return { answers, reused, broken: anew };
      answers.push(anew.answer);
      channel = anew.channel;
    }
    return { answers, reused, broken: null };
  } finally {
    channel.close();
  }
}

/**
 * The answer; null where the connection turned out to be closed, and the request may be sent again by itself
 * (RFC 9110, 9.2.2; RFC 9112, 9.3.1).
 */
async function reuse(
  channel: Channel,
  { url, message, slot, isLast }: { url: URL; message: Message; slot: Slot; isLast: boolean },
): Promise<Weighed | Unanswered | null> {
  const phases = { ...NO_PHASES };
  const { settings } = slot;
  const { maxBodyBytes } = settings;
  try {
    const answer = await channel.exchange({
      url,
      message,
      isLast,
      timeoutMs: leftMs(slot),
      maxBodyBytes,
      phases,
    });
    return await weighAnswer(answer, settings, 0);
  } catch (error) {
    if (!(error instanceof StageFailed)) throw error;
    const { stage, code } = error;
    const isClosed = stage === 'ttfb' && code !== 'ETIMEDOUT';
    if (isClosed && message.method !== 'POST') return null;
    return { kind: 'failed', stage, code, phases, address: null };
  }
}
