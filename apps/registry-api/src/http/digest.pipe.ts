import type { Digest } from '@berth/oci';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { parseDigest } from './registry-parameters.js';

/** The `:digest` of an `/api/v1` route. Throws `DigestInvalid`. */
@Injectable()
export class DigestPipe implements PipeTransform<string, Digest> {
  transform(text: string): Digest {
    return parseDigest(text);
  }
}
