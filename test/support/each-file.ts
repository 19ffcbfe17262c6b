import { registerCleanUps } from './clean-ups.ts';
import { keepEngineCode } from './engine-code.ts';

registerCleanUps();
await keepEngineCode();
