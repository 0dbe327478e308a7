import { shownLimit } from '../access/repository-limits.js';
import type { Robot } from './robot.store.js';
import { robotUsername } from './robot-name.js';
import type { PlacedRobotAnswer, RobotAnswer, RobotWithSecretAnswer } from './robots.schema.js';
import type { RobotWithSecret } from './robots.service.js';

export function toAnswer(robot: Robot): RobotAnswer {
  return {
    name: robot.name,
    username: robotUsername(robot),
    description: robot.description,
    prefix: robot.prefix,
    scopes: [...robot.scopes],
    repositories: robot.repositories?.map(shownLimit) ?? null,
    expiresAt: robot.expiresAt?.toISOString() ?? null,
    previousExpiresAt: robot.previousExpiresAt?.toISOString() ?? null,
    isDisabled: robot.isDisabled,
    lastUsedAt: robot.lastUsedAt?.toISOString() ?? null,
    lastUsedAddress: robot.lastUsedAddress ?? null,
    createdAt: robot.createdAt.toISOString(),
  };
}

export function toAnswerWithSecret(robot: RobotWithSecret): RobotWithSecretAnswer {
  return { ...toAnswer(robot), secret: robot.secret };
}

export function toPlacedAnswer(robot: Robot): PlacedRobotAnswer {
  return { ...toAnswer(robot), id: robot.id, namespace: robot.namespace };
}
