import type { EchoSocket, SocketSettings } from './echo-socket.ts';
import type { EchoRequest, EchoResult } from './packet-engine.ts';
import type { SocketAddress } from './socket-address.ts';

/** One echo request under way: what was asked, and what has come of it so far. */
export class EchoTask {
  dueMs = 0;
  place = -1;
  readonly id: number;
  readonly request: EchoRequest;
  readonly socket: EchoSocket<EchoTask>;
  readonly to: SocketAddress;
  readonly settings: SocketSettings;
  readonly dropsBefore: number;
  readonly run: (nowMs: number) => void;
  attempted = 0;
  sent = 0;
  /** Packets of which nothing more is awaited: replied to, or refused by an ICMP error. */
  settled = 0;
  isOver = false;
  readonly slots: number[] = [];
  /** packReply() columns. */
  readonly replies: number[] = [];
  readonly sendErrors = new Map<number, number>();
  readonly icmpErrors: EchoResult['icmpErrors'] = [];

  constructor(
    begin: { id: number; request: EchoRequest; socket: EchoSocket<EchoTask>; to: SocketAddress },
    settings: SocketSettings,
    run: (task: EchoTask, nowMs: number) => void,
  ) {
    this.id = begin.id;
    this.request = begin.request;
    this.socket = begin.socket;
    this.to = begin.to;
    this.settings = settings;
    this.dropsBefore = begin.socket.drops();
    this.run = (nowMs) => run(this, nowMs);
  }

  get hasSentAll(): boolean {
    return this.attempted >= this.request.count;
  }

  get isComplete(): boolean {
    return this.hasSentAll && this.settled >= this.sent;
  }
}
