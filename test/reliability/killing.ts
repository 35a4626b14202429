import type { TargetOutcome } from '../../src/domain/outcomes.js';
import type { Plan } from '../../src/domain/plan.js';
import { Scene } from './scene.js';
import type { ShapeName } from './shapes.js';
import {
  CANARY,
  InterruptedWorker,
  Stage,
  UNTIL_APPROVED,
  type Interruption,
  type Way,
} from './stage.js';

/** Starts a deployment, kills its worker at a write, and lets another one go on. */
export class Killing {
  private constructor(
    readonly stage: Stage,
    readonly scene: Scene,
    private readonly worker: InterruptedWorker,
    private readonly plan: Plan,
  ) {}

  static async prepare(
    shape: ShapeName,
    interruption: Omit<Interruption, 'signal'>,
  ): Promise<Killing> {
    const stage = await Stage.set();
    const scene = await Scene.make(shape, 'kill');
    if (interruption.activity === 'keepCode') scene.keepReplaced();
    const plan = scene.plan(UNTIL_APPROVED, CANARY);
    const killed: Interruption = { ...interruption, signal: 'SIGKILL' };
    return new Killing(stage, scene, await InterruptedWorker.start(stage.system, killed), plan);
  }

  async start(): Promise<void> {
    await this.stage.start(this.plan);
  }

  /** Deploys, has another worker go on where one is killed, and answers once all is promoted. */
  async toTheEnd(way: Way): Promise<TargetOutcome> {
    await this.start();
    const promoted = this.promoted().then(() => this.answer(way));
    await this.killed();
    await this.goesOn();
    await promoted;
    return this.ended();
  }

  async promoted(): Promise<void> {
    await this.stage.untilPromoted(this.plan);
  }

  async answer(way: Way): Promise<void> {
    await this.stage.answer(this.plan, way);
  }

  /** From now on the worker is killed. */
  arm(): void {
    this.worker.arm();
  }

  async killed(): Promise<void> {
    await this.worker.interrupted().catch((error: Error) => this.#notKilled(error));
    await this.worker.process.ended;
  }

  async goesOn(): Promise<void> {
    await this.stage.system.startWorker();
  }

  async ended(): Promise<TargetOutcome> {
    return this.stage.ended(this.plan);
  }

  /** What held it up is seen in the status of the target alone. */
  async #notKilled(cause: Error): Promise<never> {
    const status = await this.stage.target(this.plan).query('status');
    throw new Error(`${cause.message}\nThe target: ${JSON.stringify(status)}`, { cause });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stage.strike();
  }
}
