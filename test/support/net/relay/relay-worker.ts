// A bridge of two veth ends that holds every frame for a given time. It is on time to some 100 us and no better,
// so it records the delay that each frame really had, from kernel stamp to kernel stamp.
import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { describeFrame, type FrameFacts } from './describe-frame.ts';
import { libc } from './native.ts';
import { disableOffloads } from './offloads.ts';
import { PacketSocket } from './packet-socket.ts';
import type { RelayCommand, RelayMessage, RelayRecord, RelayStart } from './relay.ts';

const CLONE_NEWNET = 0x40000000;
const CLOCK_REALTIME = 0;
const POLLIN = 1;
/** How long a command may lie before it is seen. */
const LONGEST_WAIT_NS = 5_000_000n;

interface Held {
  frame: Uint8Array;
  dueNs: bigint;
  receivedNs: bigint;
}

interface Side {
  direction: RelayRecord['direction'];
  from: PacketSocket;
  to: PacketSocket;
  held: Held[];
  /** Sends on `to` by their number, until their stamp is there. */
  awaited: Map<number, { facts: FrameFacts; receivedNs: bigint }>;
  sends: number;
}

runRelay(workerData as RelayStart);

function runRelay({ netns, devices, peers, port }: RelayStart): void {
  const namespace = libc.open(`/run/netns/${netns}`, 0);
  if (namespace < 0 || libc.setns(namespace, CLONE_NEWNET) < 0) throw new Error(`cannot enter ${netns}`);
  for (const device of [...devices, ...peers]) disableOffloads(device);
  const [near, far] = [new PacketSocket(devices[0]), new PacketSocket(devices[1])];
  const sides: Side[] = [
    { direction: 'forward', from: near, to: far, held: [], awaited: new Map(), sends: 0 },
    { direction: 'backward', from: far, to: near, held: [], awaited: new Map(), sends: 0 },
  ];
  let delayNs = 0n;
  let records: RelayRecord[] = [];
  let isOpen = true;
  const say = (message: RelayMessage): void => port.postMessage(message);
  const obey = (command: RelayCommand): void => {
    if (command.kind === 'delay') delayNs = BigInt(Math.round(command.seconds * 1e9));
    if (command.kind === 'close') isOpen = false;
    if (command.kind === 'take') say({ kind: 'records', records });
    else say({ kind: 'done' });
    if (command.kind === 'take') records = [];
  };
  say({ kind: 'done' });
  while (isOpen) {
    waitForFrames([near.fd, far.fd], nextDueNs(sides));
    for (const side of sides) {
      takeFrames(side, delayNs);
      sendDue(side);
      records.push(...readStamps(side));
    }
    for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
      obey(next.message as RelayCommand);
    }
  }
  for (const fd of [near.fd, far.fd, namespace]) libc.close(fd);
  port.close();
}

function takeFrames(side: Side, delayNs: bigint): void {
  for (let next = side.from.receive(); next !== undefined; next = side.from.receive()) {
    const receivedNs = next.stampNs ?? nowNs();
    side.held.push({ frame: next.frame, dueNs: receivedNs + delayNs, receivedNs });
  }
}

/** The delay is one for all frames, so the first in is the first due. */
function sendDue(side: Side): void {
  const now = nowNs();
  for (let first = side.held[0]; first !== undefined && first.dueNs <= now; first = side.held[0]) {
    side.held.shift();
    if (!side.to.send(first.frame)) continue;
    const facts = describeFrame(first.frame);
    side.awaited.set(side.sends++, { facts, receivedNs: first.receivedNs });
  }
}

function readStamps(side: Side): RelayRecord[] {
  const found: RelayRecord[] = [];
  for (let next = side.to.receiveSendStamp(); next !== undefined; next = side.to.receiveSendStamp()) {
    const sent = side.awaited.get(next.sendNumber);
    if (sent === undefined || next.stampNs === null) continue;
    side.awaited.delete(next.sendNumber);
    const delaySeconds = Number(next.stampNs - sent.receivedNs) / 1e9;
    found.push({ ...sent.facts, direction: side.direction, delaySeconds });
  }
  return found;
}

function nextDueNs(sides: readonly Side[]): bigint {
  let due = nowNs() + LONGEST_WAIT_NS;
  for (const { held } of sides) {
    const first = held[0];
    if (first !== undefined && first.dueNs < due) due = first.dueNs;
  }
  return due;
}

function waitForFrames(fds: readonly number[], untilNs: bigint): void {
  const polls = new DataView(new ArrayBuffer(8 * fds.length));
  fds.forEach((fd, i) => {
    polls.setInt32(8 * i, fd, true);
    polls.setInt16(8 * i + 4, POLLIN, true);
  });
  const left = untilNs - nowNs();
  const timeout = new Uint8Array(BigInt64Array.of(0n, left > 0n ? left : 0n).buffer);
  libc.ppoll(new Uint8Array(polls.buffer), fds.length, timeout, null);
}

function nowNs(): bigint {
  const time = new BigInt64Array(2);
  libc.clock_gettime(CLOCK_REALTIME, new Uint8Array(time.buffer));
  return (time[0] ?? 0n) * 1_000_000_000n + (time[1] ?? 0n);
}
