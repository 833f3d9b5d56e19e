import type { AgentLogger } from '../logger.ts';
import { changePlan, isSamePlan, type Plan, type PlanChange } from './plan.ts';

/** The plan in force, and how much of it is on disk: only that may be vouched for. */
export class PlanKeeper {
  readonly #write: (plan: Plan) => Promise<void>;
  readonly #log: AgentLogger;
  #plan: Plan;
  #kept: Plan;
  /** Writes go one after the other, so that an older plan never lands on a newer one. */
  #writing: Promise<void> = Promise.resolve();

  /** `write` puts a plan where a restart finds it. */
  constructor(stored: Plan, write: (plan: Plan) => Promise<void>, log: AgentLogger) {
    this.#write = write;
    this.#log = log;
    this.#plan = stored;
    this.#kept = stored;
  }

  get plan(): Plan {
    return this.#plan;
  }

  /** Revision and generation that a restart would find again. */
  get kept(): Pick<Plan, 'revision' | 'generation'> {
    return this.#kept;
  }

  /** Takes a change of the plan; false where it changes nothing. */
  async change(change: PlanChange, heardMs: number, throughMs: number): Promise<boolean> {
    const next = changePlan(this.#plan, change, heardMs, throughMs);
    if (isSamePlan(this.#plan, next)) return false;
    await this.#keep(next);
    this.#plan = next;
    return true;
  }

  /** Tries again to write a plan that could not be written. */
  async keepAgain(): Promise<void> {
    if (this.#kept !== this.#plan) await this.#keep(this.#plan);
  }

  #keep(plan: Plan): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      try {
        await this.#write(plan);
        this.#kept = plan;
      } catch (error) {
        this.#log.error({ err: error }, 'the plan could not be written to the state folder: trying again');
      }
    });
    return this.#writing;
  }
}
