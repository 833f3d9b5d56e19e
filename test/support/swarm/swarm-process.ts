// Many simulated agents in a process of their own, so that what they cost is not counted as the operator's.
// Started by startSwarm; speaks with it over the IPC channel.
import { type SimulatedAgent, startSimulatedAgent } from './simulated-agent.ts';

const [server = '', prefix = '', count = '0'] = process.argv.slice(2);
const agents: SimulatedAgent[] = [];
let failures = 0;
/** By message, the first few. */
const messages = new Map<string, number>();
const MOST_MESSAGES = 10;

process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  if (message !== 'figures') return;
  const { user, system } = process.cpuUsage();
  process.send?.({
    kind: 'figures',
    streams: agents.reduce((sum, agent) => sum + agent.streams(), 0),
    failures,
    messages: Object.fromEntries(messages),
    cpuSeconds: (user + system) / 1e6,
    rssBytes: process.memoryUsage.rss(),
  });
});

const STARTING_AT_ONCE = 20;
for (let first = 0; first < Number(count); first += STARTING_AT_ONCE) {
  const numbers = Array.from(
    { length: Math.min(STARTING_AT_ONCE, Number(count) - first) },
    (_, i) => first + i,
  );
  agents.push(
    ...(await Promise.all(
      numbers.map((number) =>
        startSimulatedAgent({
          server,
          name: `${prefix}-${number}`,
          onAssigned: (test, atMs) => process.send?.({ kind: 'assigned', agent: number, test, atMs }),
          onFailure: (error) => {
            failures++;
            const said = String(error);
            if (messages.has(said) || messages.size < MOST_MESSAGES)
              messages.set(said, (messages.get(said) ?? 0) + 1);
          },
        }),
      ),
    )),
  );
}
process.send?.({ kind: 'ready' });
