import { isNamespaceName } from '@berth/oci';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { NotFound } from '../errors/domain-errors.js';
import { parseRobotUsername } from '../robots/robot-name.js';

/** A robot as the path names it; without a namespace it is one of the repository's. */
export interface NamedRobot {
  readonly namespace?: string;
  readonly name: string;
}

/** `ci` or `robot+team+ci`. Throws `NotFound` for what can be no robot. */
@Injectable()
export class NamedRobotPipe implements PipeTransform<string, NamedRobot> {
  transform(text: string): NamedRobot {
    const robot: NamedRobot = parseRobotUsername(text) ?? { name: text };
    const isNamespaceFine = robot.namespace === undefined || isNamespaceName(robot.namespace);
    if (!isNamespaceFine || !isNamespaceName(robot.name)) throw new NotFound();
    return robot;
  }
}
