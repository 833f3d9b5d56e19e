import type { Socket } from 'node:net';
import type { HttpSettings } from '@streamswarm/contract/probes/http';
import type { SendProgressOf } from '../../native/watch-sockets.ts';
import { allowedAddress, type Reach } from '../reach.ts';
import type { Stage } from '../socket-failure.ts';
import { openTcp, openTls, StageFailed } from '../tls/handshake.ts';
import type { Channel, Phases } from './exchange.ts';
import { h1Channel } from './h1-channel.ts';
import { h2Channel } from './h2-channel.ts';
import type { Message } from './message.ts';
import { type Weighed, weighAnswer } from './weigh-answer.ts';

export type Answered = Weighed & {
  /** From the beginning of the request to the last byte, without what this host made it wait before. */
  readonly seconds: number;
};

export type Transaction = { readonly phases: Phases; readonly address: string | null } & (
  | {
      readonly kind: 'answered';
      readonly answer: Answered;
      /** For whoever asks again; to be closed. */
      readonly channel: Channel;
    }
  | { readonly kind: 'denied'; readonly reason: string }
  | { readonly kind: 'unresolved'; readonly source: 'resolver' | 'local'; readonly reason: string }
  | { readonly kind: 'failed'; readonly stage: Stage; readonly code: string }
);

export type Unanswered = Exclude<Transaction, { kind: 'answered' }>;

/** What all requests of a slot have in common. */
export interface Slot {
  readonly reach: Reach;
  /** How far what was sent has come. */
  readonly progressOf: SendProgressOf;
  readonly endMs: number;
  readonly settings: Pick<HttpSettings, 'requests' | 'maxBodyBytes' | 'expectStatus' | 'expectBody'>;
}

export const NO_PHASES: Phases = {
  dns: null,
  connect: null,
  tls: null,
  request: null,
  ttfb: null,
  download: null,
};

/** Time left in the slot; a bit where there is none, so that what waits for it ends by its time-out. */
export const leftMs = ({ endMs }: Slot): number => Math.max(1, endMs - performance.now());

/** One request on a connection of its own. No proxy is ever asked. */
export async function transact(url: URL, message: Message, slot: Slot): Promise<Transaction> {
  const { reach, settings } = slot;
  const phases: Phases = { ...NO_PHASES };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const resolution = await reach.resolve(host, message.family, leftMs(slot));
  if ('reason' in resolution) {
    const { source, reason } = resolution;
    return { phases, address: null, kind: 'unresolved', source, reason };
  }
  phases.dns = resolution.seconds;
  const allowed = allowedAddress(resolution.addresses, reach.denial);
  if ('denied' in allowed) return { phases, address: null, kind: 'denied', reason: allowed.denied };
  const { address } = allowed;
  const beganMs = performance.now();
  let channel: Channel | null = null;
  try {
    channel = await openChannel(url, { host, address, protocol: message.protocol }, { phases, slot });
    const answer = await channel.exchange({
      url,
      message,
      phases,
      timeoutMs: leftMs(slot),
      maxBodyBytes: settings.maxBodyBytes,
      isLast: settings.requests === 1,
    });
    const seconds = (phases.dns ?? 0) + (performance.now() - beganMs) / 1e3;
    const weighed = await weighAnswer(answer, settings, phases.connect ?? 0);
    return { phases, address, kind: 'answered', answer: { ...weighed, seconds }, channel };
  } catch (error) {
    channel?.close();
    if (!(error instanceof StageFailed)) throw error;
    return { phases, address, kind: 'failed', stage: error.stage, code: error.code };
  }
}

interface Place {
  readonly host: string;
  readonly address: string;
  readonly protocol: Message['protocol'];
}

/** A connection that stands, and speaks the protocol that both ends agreed on. Throws StageFailed. */
async function openChannel(
  url: URL,
  { host, address, protocol }: Place,
  { phases, slot }: { phases: Phases; slot: Slot },
): Promise<Channel> {
  const isSecure = url.protocol === 'https:';
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
  const tcp = await openTcp({ address, port }, leftMs(slot));
  phases.connect = tcp.seconds;
  const progress = () => slot.progressOf(tcp.socket);
  let socket: Socket = tcp.socket;
  // Without TLS nothing is agreed on: HTTP/2 is begun as known beforehand (RFC 9113, 3.3).
  let isH2 = protocol === 'h2';
  if (isSecure) {
    const protocols = protocol === 'any' ? ['h2', 'http/1.1'] : [protocol];
    const tls = await openTls(socket, { serverName: host, protocols }, leftMs(slot));
    phases.tls = tls.seconds;
    socket = tls.secure;
    isH2 = tls.secure.alpnProtocol === 'h2';
    if (protocol === 'h2' && !isH2) {
      socket.destroy();
      throw new StageFailed('tls', 'h2-not-offered');
    }
  }
  return isH2 ? await h2Channel(url, socket, progress) : h1Channel(socket, progress);
}
