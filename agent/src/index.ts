export { type AgentOptions, type RunningAgent, startAgent } from './agent.ts';
export { type LeaveOptions, type Leaving, leaveOperator } from './uplink/leave-operator.ts';
