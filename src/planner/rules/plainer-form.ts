import type { StoredValues } from '../../query/stored-values.ts';
import { ofAccount } from './account-turns.ts';
import { inUnitsBought } from './bought-most.ts';
import { ofChosenRows } from './chosen-turns.ts';
import { byTheirClocks } from './clock-turns.ts';
import { inColumnWords } from './column-turns.ts';
import { inDeedForm } from './deed-turns.ts';
import { inDueForm } from './due-turns.ts';
import { ofEachOne } from './each-one-turns.ts';
import { inFigureWords } from './figure-turns.ts';
import { figuresOfNamed } from './figures-of-named.ts';
import { withoutIdioms } from './idiom-turns.ts';
import { inNamedRows } from './loose-turns.ts';
import { ofOwnRecords } from './own-record-turns.ts';
import { inParts } from './part-turns.ts';
import { inUnitForm } from './per-unit-turns.ts';
import { inPipelineWords } from './pipeline-turns.ts';
import { inUsualOrder } from './plain-order-turns.ts';
import { inPlainQuestion } from './plain-question-turns.ts';
import { ofMissedPromises } from './promise-turns.ts';
import { inRatings } from './rating-turns.ts';
import { inServiceWords } from './service-turns.ts';
import { inFullWords } from './short-words.ts';
import { asSpoken } from './spoken-turns.ts';
import { inTalkWords } from './talk-turns.ts';
import { inUsualWords } from './word-order-turns.ts';

/**
 * What is put in plainer words before anything else is read of a question: whatever of it would be taken for advice, for a
 * forecast, for a story or for two questions.
 *
 * @param text as it was typed
 */
export const inPlainerForm = (text: string, stored?: StoredValues): string =>
  [
    inFigureWords,
    withoutIdioms,
    (said: string) => inFullWords(said, stored),
    (said: string) => figuresOfNamed(said, stored),
    // Short for a figure until now.
    inFigureWords,
    byTheirClocks,
    inTalkWords,
    inRatings,
    inParts,
    inNamedRows,
    inUsualWords,
    inUsualOrder,
    asSpoken,
    inServiceWords,
    inPipelineWords,
    (said: string) => inPlainQuestion(said, stored),
    (said: string) => inUnitsBought(said, stored),
    inColumnWords,
    ofChosenRows,
    inUnitForm,
    inDueForm,
    ofOwnRecords,
    ofMissedPromises,
    inDeedForm,
    ofAccount,
    ofEachOne,
  ].reduce((said, put) => put(said), text.replace(/[‘’]/g, "'"));
