// The thread that owns every packet socket. It blocks in epoll and is woken by an eventfd that the main thread
// writes after it has posted commands. Imports nothing but koffi, to stay small.
import { randomInt } from 'node:crypto';
import { release } from 'node:os';
import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { ClockWatch } from './clock-watch.ts';
import { ConnectEngine } from './connect-engine.ts';
import { ControlReader } from './control-messages.ts';
import { DeadlineHeap } from './deadline-heap.ts';
import { EchoEngine } from './echo-engine.ts';
import { EchoReceiver } from './echo-receiver.ts';
import { EchoSender } from './echo-sender.ts';
import { EchoSocket } from './echo-socket.ts';
import { EchoSockets } from './echo-sockets.ts';
import { runEventLoop, type Task } from './event-loop.ts';
import { libc } from './libc.ts';
import { EFD_CLOEXEC, EFD_NONBLOCK, EPOLLIN } from './linux.ts';
import type { Command, WorkerMessage, WorkerStart } from './messages.ts';
import { enterNetworkNamespace } from './network-namespace.ts';
import { Outbox } from './outbox.ts';
import type { EngineCapabilities } from './packet-engine.ts';
import { Poller } from './poller.ts';
import { ReceiveBatch } from './receive-batch.ts';
import { Slab } from './slab.ts';
import { AddressCodec, type Family, SOCKADDR_BYTES } from './socket-address.ts';
import { SocketOptions } from './socket-options.ts';

const SLAB_BYTES = 256 << 10;

runWorker(workerData as WorkerStart);

function runWorker({ port, options: start }: WorkerStart): void {
  if (start.netns !== undefined) enterNetworkNamespace(start.netns);
  const slab = new Slab(SLAB_BYTES);
  const options = new SocketOptions(slab);
  const addresses = new AddressCodec(slab);
  const poller = new Poller(slab);
  const heap = new DeadlineHeap<Task>();
  const clock = new ClockWatch(slab);
  const outbox = new Outbox(port);
  const receiver = new EchoReceiver({
    slab,
    replies: new ReceiveBatch(slab),
    errors: new ReceiveBatch(slab),
    control: new ControlReader(clock.epochSeconds),
    clock,
    heap,
    addresses,
    finished: (task) => outbox.addEcho(task),
  });

  const sender = new EchoSender(slab);
  const ownStampIds = start.stampIds === undefined ? hasOwnStampIds(release()) : start.stampIds === 'own';
  const addressScratch = slab.reserve(SOCKADDR_BYTES);
  const parts = { slab, options, sender, seed: randomInt(2 ** 32), ownStampIds, addressScratch };
  const sockets = new EchoSockets(parts, (socket) =>
    poller.add(socket.fd, EPOLLIN, (events) => {
      // Whatever else is set is EPOLLERR: the error queue, or a pending error that it explains.
      if (events !== EPOLLIN) receiver.readErrors(socket);
      if ((events & EPOLLIN) !== 0) receiver.readReplies(socket);
    }),
  );

  const echoes = new EchoEngine({ sockets, receiver, heap, addresses, clock });
  const connects = new ConnectEngine({
    slab,
    options,
    addresses,
    poller,
    heap,
    finished: (id, result) => outbox.addConnect(id, result),
  });

  let isOpen = true;
  const obey = (command: Command): void => {
    if (command.kind === 'close') {
      isOpen = false;
      return;
    }
    const { id } = command;
    if (command.kind === 'ping') {
      outbox.answerPing(id);
      return;
    }
    const problem =
      command.kind === 'echo'
        ? echoes.begin(id, command.request, performance.now())
        : connects.begin(id, command.request);
    if (problem !== undefined) outbox.refuse(id, problem);
  };

  const wakeFd = libc.eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  const wakeCount = slab.reserve(8);
  poller.add(wakeFd, EPOLLIN, () => {
    libc.read(wakeFd, slab.addressOf(wakeCount), 8);
    for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
      for (const command of next.message as Command[]) obey(command);
    }
  });

  const ready: WorkerMessage = { kind: 'ready', eventFd: wakeFd, capabilities: capabilitiesOf(sockets) };
  port.postMessage(ready);

  try {
    runEventLoop(poller, heap, {
      isOpen: () => isOpen,
      endPass: () => {
        echoes.endPass();
        outbox.flush();
      },
    });
  } finally {
    // Also where the loop broke: another worker will follow, and these would stay open for ever.
    sockets.close();
    poller.close();
  }
  // Only in good order: after a failure the other thread may still be about to write to it, and closes it itself.
  libc.close(wakeFd);
  port.close();
}

function capabilitiesOf(sockets: EchoSockets): EngineCapabilities {
  const all = [...sockets];
  const icmp = (family: Family): EngineCapabilities['icmp4'] => {
    const socket = sockets.shared(family);
    return socket instanceof EchoSocket ? socket.kind : socket;
  };
  return {
    icmp4: icmp(4),
    icmp6: icmp(6),
    kernelTimestamps: all.length > 0 && all.every((socket) => socket.stamping),
    tcpInfo: true,
  };
}

/** SCM_TS_OPT_ID came with Linux 6.13. */
function hasOwnStampIds(kernelRelease: string): boolean {
  const [major = 0, minor = 0] = kernelRelease.split('.').map(Number);
  return major > 6 || (major === 6 && minor >= 13);
}
