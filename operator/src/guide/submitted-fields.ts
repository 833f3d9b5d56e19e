/** Shares: 0 to 100. */
const PERCENT = [
  'cpu_percent',
  'memory_percent',
  'disk_percent',
  'ping_packet_loss',
  'swap_percent',
  'disk_io_util',
  'tcp_retransmission_rate',
  'connection_reuse_ratio',
  'dns_cache_hit_ratio',
  'http_cache_hit_ratio',
  'cdn_performance_score',
];

/** Numbers that are never negative. */
const NUMBERS = [
  'memory_used',
  'memory_total',
  'disk_used',
  'disk_total',
  'ping_latency',
  'traceroute_hops',
  'bandwidth_upload',
  'bandwidth_download',
  'dns_resolution_time',
  'tcp_connect_time',
  'ssl_handshake_time',
  'ttfb',
  'jitter',
  'network_bytes_sent',
  'network_bytes_recv',
  'network_packets_sent',
  'network_packets_recv',
  'network_errors_in',
  'network_errors_out',
  'network_drops_in',
  'network_drops_out',
  'cpu_load_1min',
  'cpu_load_5min',
  'cpu_load_15min',
  'cpu_cores',
  'cpu_freq_current',
  'cpu_context_switches',
  'cpu_interrupts',
  'memory_available',
  'memory_cached',
  'memory_buffers',
  'memory_shared',
  'swap_total',
  'swap_used',
  'disk_read_iops',
  'disk_write_iops',
  'disk_read_bytes_sec',
  'disk_write_bytes_sec',
  'process_count',
  'tcp_connections',
  'open_files',
  'dscp_value',
  'cos_value',
  'mtu_size',
  'content_download_time',
  'certificate_validation_time',
  'application_response_time',
  'database_query_time',
  'power_consumption_watts',
];

/** Below zero too. */
const SIGNED = ['cpu_temperature', 'disk_temperature', 'compression_ratio'];

/** Words, flags and structures: any JSON. */
const ANYTHING = [
  'traceroute_data',
  'traffic_class',
  'qos_policy_compliant',
  'bandwidth_per_class',
  'tcp_window_size',
  'tcp_window_scaling',
  'tcp_congestion_window',
  'tcp_out_of_order_packets',
  'tcp_duplicate_acks',
  'per_dscp_latency',
  'traffic_policing_detected',
  'queue_depth',
  'ecn_capable',
  'ecn_congestion_experienced',
  'flow_control_events',
  'http_response_codes',
  'multipath_detected',
  'fan_speeds_rpm',
  'smart_drive_health',
  'memory_error_rate',
  'network_interface_errors',
];

interface Range {
  readonly least: number;
  readonly most: number;
  readonly words: string;
}

const all = (names: readonly string[], range: Range): [string, Range][] => names.map((name) => [name, range]);
const RANGES: ReadonlyMap<string, Range> = new Map([
  ...all(PERCENT, { least: 0, most: 100, words: 'a number from 0 to 100' }),
  ...all(NUMBERS, { least: 0, most: 1e18, words: 'a number of at least 0' }),
  ...all(SIGNED, { least: -1e6, most: 1e6, words: 'a number' }),
]);

/** Every field that the guide names. */
export const SUBMITTED_FIELDS: ReadonlySet<string> = new Set([...RANGES.keys(), ...ANYTHING]);

/** A structure larger than that is no measurement. */
const MAX_JSON_CHARACTERS = 65_536;

export interface SortedFields {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Names that the guide does not have: not kept. */
  readonly ignored: string[];
  readonly problems: readonly { readonly path: string; readonly message: string; readonly rule: string }[];
}

/** What of a submission is kept; null stays null, and nothing becomes a number that was none. */
export function sortFields(given: Readonly<Record<string, unknown>>): SortedFields {
  const entries = Object.entries(given);
  const known = entries.filter(([name]) => SUBMITTED_FIELDS.has(name));
  return {
    fields: Object.fromEntries(known),
    ignored: entries.map(([name]) => name).filter((name) => !SUBMITTED_FIELDS.has(name)),
    problems: known.flatMap(([path, value]) => {
      const message = wrong(path, value);
      return message === null ? [] : [{ path, message, rule: 'guide-field' }];
    }),
  };
}

function wrong(name: string, value: unknown): string | null {
  if (value === null) return null;
  const range = RANGES.get(name);
  if (range === undefined) {
    return JSON.stringify(value).length > MAX_JSON_CHARACTERS
      ? `may be ${MAX_JSON_CHARACTERS} characters of JSON`
      : null;
  }
  const fits = typeof value === 'number' && value >= range.least && value <= range.most;
  return fits ? null : `must be ${range.words}, or null where it was not measured`;
}
