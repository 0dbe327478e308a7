import { InvalidTag, parseTag } from '@berth/oci';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { TagInvalid } from '../errors/domain-errors.js';

/** The `:tag` of an `/api/v1` route. Throws `TagInvalid`. */
@Injectable()
export class TagPipe implements PipeTransform<string, string> {
  transform(text: string): string {
    try {
      return parseTag(text);
    } catch (error) {
      if (!(error instanceof InvalidTag)) throw error;
      throw new TagInvalid(error.message, { tag: text }, { cause: error });
    }
  }
}
