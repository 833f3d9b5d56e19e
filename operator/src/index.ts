export { type OperatorConfig, readConfig } from './config.ts';
export { type Operator, startOperator } from './operator.ts';
