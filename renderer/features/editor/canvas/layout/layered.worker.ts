import { answerQuestions } from '#renderer/ui/worker-questions.ts';
import { layeredLayout } from '../scene/layered-layout.ts';
import type { LayoutTalk } from './request-layout.ts';

answerQuestions<LayoutTalk>((stages) => [...layeredLayout(stages)]);
