import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StreamFault } from './watch-fault.ts';

const STALL_MS = 80;

/** One watch on its way through the proxy. Real lines stay whole until a fault says otherwise. */
export class WatchPipe {
  readonly #to: ServerResponse;
  #mode: 'pass' | 'swallow' | 'hold' | 'tear' | 'tear-end' = 'pass';
  #held: Buffer[] = [];

  constructor(from: IncomingMessage, to: ServerResponse) {
    this.#to = to;
    from.on('data', (chunk: Buffer) => this.#take(chunk));
    from.on('end', () => {
      if (this.#mode !== 'swallow' && !this.#isOver()) to.end();
    });
  }

  strike(fault: StreamFault): void {
    if (this.#isOver()) return;
    switch (fault) {
      case 'cut':
        this.#to.destroy();
        break;
      case 'torn':
        this.#mode = 'tear';
        break;
      case 'torn-end':
        this.#mode = 'tear-end';
        break;
      case 'garbage':
        this.#to.write('\u0000\u0007 not { json\n');
        break;
      case 'odd-event':
        this.#line({ type: 'ADDED', object: { metadata: {} } });
        break;
      case 'wrong-kind':
        this.#line({
          type: 'ADDED',
          object: {
            apiVersion: 'v1',
            kind: 'Secret',
            metadata: { name: 'ghost', namespace: 'default', uid: 'ghost', resourceVersion: '99999999' },
          },
        });
        break;
      case 'half-open':
        this.#mode = 'swallow';
        break;
      case 'stall':
        this.#mode = 'hold';
        setTimeout(() => this.#release(), STALL_MS);
        break;
      case 'end':
        this.#to.end();
        this.#mode = 'swallow';
        break;
      case 'gone-event':
        this.#error(410, 'Expired');
        break;
      case 'error-event':
        this.#error(500, 'InternalError');
        break;
    }
  }

  #take(chunk: Buffer): void {
    if (this.#mode === 'swallow' || this.#isOver()) return;
    if (this.#mode === 'hold') this.#held.push(chunk);
    else if (this.#mode === 'pass') this.#to.write(chunk);
    else {
      const half = chunk.subarray(0, Math.floor(chunk.length / 2));
      if (this.#mode === 'tear-end') this.#to.end(half);
      else this.#to.write(half, () => this.#to.destroy());
      this.#mode = 'swallow';
    }
  }

  #isOver(): boolean {
    return this.#to.writableEnded || this.#to.destroyed;
  }

  #release(): void {
    if (this.#mode !== 'hold') return;
    this.#mode = 'pass';
    for (const chunk of this.#held.splice(0)) this.#take(chunk);
  }

  #error(code: number, reason: string): void {
    this.#line({
      type: 'ERROR',
      object: { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, code, message: 'injected' },
    });
  }

  #line(event: object): void {
    this.#to.write(`${JSON.stringify(event)}\n`);
  }
}
