-- What was sent back to be done again is counted over a span of time.

create index task_step_sent_back on task_step (done_ms, task) where step = 'send-back';
