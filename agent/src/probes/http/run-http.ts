import type { HttpSettings } from '@streamswarm/contract/probes/http';
import type { Denied, ProbeOutcome } from '../probe-outcome.ts';
import type { Reach } from '../reach.ts';
import { judgeAnswers, judgeUnanswered } from './judge-http.ts';
import type { Message } from './message.ts';
import { nextRequest } from './next-request.ts';
import { NOT_REPEATED, repeat } from './repeat.ts';
import { type Answered, type Slot, transact } from './transact.ts';

/**
 * One request, those that its redirects lead to as far as they are to be followed, and the last of them again as
 * often as a test asks. Phases are of that last one's first time.
 */
export async function runHttp(
  target: URL,
  settings: HttpSettings,
  reach: Reach,
): Promise<ProbeOutcome | Denied> {
  const isUpload = settings.body !== null && 'randomBytes' in settings.body;
  const progressOf = isUpload ? await reach.watchSockets() : () => null;
  const slot: Slot = { reach, progressOf, settings, endMs: performance.now() + settings.timeoutMs };
  const earlier: Answered[] = [];
  let url = target;
  let message: Message = settings;
  for (;;) {
    const last = await transact(url, message, slot);
    if (last.kind !== 'answered') return judgeUnanswered(last, earlier);
    const next = earlier.length < settings.follow ? nextRequest(url, message, last.answer) : null;
    if (next === null) {
      const repeated = await repeat(url, message, { channel: last.channel, slot });
      return judgeAnswers({ last, earlier, repeated });
    }
    last.channel.close();
    if ('refused' in next) {
      return judgeAnswers({ last, earlier, repeated: NOT_REPEATED, refused: next.refused });
    }
    earlier.push(last.answer);
    ({ url, message } = next);
  }
}
