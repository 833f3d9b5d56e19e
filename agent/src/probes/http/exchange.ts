import type { IncomingHttpHeaders } from 'node:http';
import type { SendProgress } from '../../native/tcp-info.ts';
import { errorCode, type Stage } from '../socket-failure.ts';
import { StageFailed } from '../tls/handshake.ts';
import { BodyReader } from './body-reader.ts';
import { lengthOf, type Message } from './message.ts';
import { UploadWatch } from './upload-watch.ts';

/** Phases of one request, in seconds; null where it did not come that far, or has none. */
export interface Phases {
  dns: number | null;
  connect: number | null;
  tls: number | null;
  request: number | null;
  ttfb: number | null;
  download: number | null;
}

/** One request as it is given to a connection. */
export interface Outgoing {
  readonly url: URL;
  readonly message: Message;
  /** No other one follows on this connection. */
  readonly isLast: boolean;
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  /** Filled in as far as it comes, also where it fails. */
  readonly phases: Phases;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly protocol: Channel['protocol'];
  readonly body: BodyReader;
  /** How the body of the request went; null where that was not to be measured. */
  readonly upload: UploadWatch | null;
}

/** A connection that carries requests one after the other. */
export interface Channel {
  readonly protocol: 'http/1.1' | 'h2';
  /** Whether it will take another request. */
  isOpen(): boolean;
  /** Throws StageFailed. */
  exchange(outgoing: Outgoing): Promise<Answer>;
  close(): void;
}

/** What both protocols do alike: stamps, the body, the end. Whoever speaks the protocol says what happens when. */
export class Exchange {
  readonly result: Promise<Answer>;
  readonly #outgoing: Outgoing;
  readonly #protocol: Channel['protocol'];
  readonly #progress: () => SendProgress | null;
  readonly #settle = Promise.withResolvers<Answer>();
  readonly #body = new BodyReader();
  readonly #timer: NodeJS.Timeout;
  #upload: UploadWatch | null = null;
  #stage: Stage = 'ttfb';
  #beganMs = performance.now();
  #handedMs: number | null = null;
  #firstByteMs: number | null = null;
  #head: { status: number; headers: IncomingHttpHeaders } | null = null;

  constructor(outgoing: Outgoing, protocol: Channel['protocol'], progress: () => SendProgress | null) {
    this.result = this.#settle.promise;
    this.#outgoing = outgoing;
    this.#protocol = protocol;
    this.#progress = progress;
    this.#timer = setTimeout(() => this.failed('ETIMEDOUT'), outgoing.timeoutMs);
  }

  /** The request is about to be written. */
  began(): void {
    this.#beganMs = performance.now();
    const { body } = this.#outgoing.message;
    if (body !== null && 'randomBytes' in body) {
      this.#upload = new UploadWatch(lengthOf(body), this.#progress);
    }
  }

  /** The kernel has all of it. */
  handed(): void {
    this.#handedMs = performance.now();
    this.#upload?.handed();
  }

  firstByte(): void {
    if (this.#firstByteMs !== null) return;
    const nowMs = performance.now();
    this.#firstByteMs = nowMs;
    const { phases } = this.#outgoing;
    let sentMs = this.#beganMs;
    if (this.#upload !== null) {
      this.#upload.look(nowMs);
      this.#upload.stop();
      // Who answers before it has everything has not waited for the rest.
      sentMs = Math.min(nowMs, this.#upload.endMs ?? this.#handedMs ?? nowMs);
      phases.request = (sentMs - this.#beganMs) / 1e3;
    }
    phases.ttfb = (nowMs - sentMs) / 1e3;
    this.#stage = 'download';
  }

  answered(status: number, headers: IncomingHttpHeaders): void {
    this.#head = { status, headers };
  }

  received(chunk: Buffer): void {
    this.#body.add(chunk, performance.now());
    if (this.#body.bytes > this.#outgoing.maxBodyBytes) this.failed('body-over-limit');
  }

  /** The last byte of the answer has come. */
  ended(): void {
    if (this.#head === null || this.#firstByteMs === null) {
      this.failed('ECONNRESET');
      return;
    }
    this.#stop();
    this.#outgoing.phases.download ??= (performance.now() - this.#firstByteMs) / 1e3;
    const [body, upload, protocol] = [this.#body, this.#upload, this.#protocol];
    this.#settle.resolve({ ...this.#head, protocol, body, upload });
  }

  /** The first word counts: after the end, or a failure, it says nothing. */
  failed(reason: unknown): void {
    this.#stop();
    const code = typeof reason === 'string' ? reason : errorCode(reason);
    this.#settle.reject(new StageFailed(this.#stage, code));
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#upload?.stop();
  }
}
