import { runCommand } from './run-command.ts';

/** One network namespace, by the name that `ip netns` knows. */
export class Namespace {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  ip(...words: string[]): string {
    return runCommand('ip', '-n', this.name, ...words);
  }

  /** Runs a program inside. */
  run(...words: string[]): string {
    return runCommand('ip', 'netns', 'exec', this.name, ...words);
  }

  sysctl(name: string, value: string): void {
    this.run('sysctl', '-q', '-w', `${name}=${value}`);
  }

  /** Adds addresses with prefix length; IPv6 ones are usable at once (no duplicate address detection). */
  address(device: string, ...addresses: string[]): void {
    for (const address of addresses) {
      this.ip('address', 'add', address, 'dev', device, ...(address.includes(':') ? ['nodad'] : []));
    }
  }

  up(device: string): void {
    this.ip('link', 'set', device, 'up');
  }

  /** Routes everything of the address's family by this next hop. */
  defaultRoute(nextHop: string): void {
    this.ip('route', 'add', 'default', 'via', nextHop);
  }
}

/** Joins two namespaces by a veth pair, one end in each, both up. */
export function connect(a: Namespace, deviceA: string, b: Namespace, deviceB: string): void {
  a.ip('link', 'add', deviceA, 'type', 'veth', 'peer', 'name', deviceB, 'netns', b.name);
  a.up(deviceA);
  b.up(deviceB);
}
