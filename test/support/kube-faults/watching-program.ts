import { openKubeClient } from '@streamswarm/operator/kube/kube-client';
import { CONFIG_MAPS } from '@streamswarm/operator/kube/objects';
import { startWatchCache } from '@streamswarm/operator/kube/watch-cache';
import { pino } from 'pino';

// A program of its own, run inside a namespace: a cache of ConfigMaps that says what it hears, one line each, and
// logs to stderr.
const [kubeconfigPath = ''] = process.argv.slice(2);
const logger = pino({ level: 'warn' }, pino.destination(2));
const client = openKubeClient({ kubeconfigPath, logger });
const cache = startWatchCache({ client, resource: CONFIG_MAPS, namespace: 'default', logger });
cache.onChange(({ type, object }) => process.stdout.write(`${type} ${object.metadata.name}\n`));
await cache.synced;
process.stdout.write('synced\n');
