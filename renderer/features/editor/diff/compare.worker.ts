import { answerQuestions } from '#renderer/ui/worker-questions.ts';
import { compareTexts } from './compare-texts.ts';
import type { ComparisonTalk } from './request-comparison.ts';

answerQuestions<ComparisonTalk>(({ before, after }) => compareTexts(before, after));
