/** True in tests and in the fault lab's build; false in the published bundle, where everything behind it is removed. */
declare const __PRD_TEST__: boolean;
