import { registerCleanUps } from './clean-ups.ts';

registerCleanUps();
