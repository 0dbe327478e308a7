import { Entity, PrimaryColumn } from 'typeorm';

/** A word of some repository's document: what a mistyped one may have been meant to be. */
@Entity('search_words')
export class SearchWordEntity {
  @PrimaryColumn({ type: 'text', collation: 'C' })
  readonly word!: string;
}
