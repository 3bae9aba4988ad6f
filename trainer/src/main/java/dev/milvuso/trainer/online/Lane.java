package dev.milvuso.trainer.online;

import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.trainer.online.kafka.EmbeddingSink;
import dev.milvuso.trainer.online.kafka.ExampleSource;

/** One model and all that it takes to teach and to publish it. For one thread at a time. */
record Lane(ModelVersion version, OnlineCore core, ExampleSource source, EmbeddingSink sink, Publisher publisher)
        implements AutoCloseable {
    /** What goes on when this goes on. */
    TrainerState state() {
        return new TrainerState(version, publisher.step(), source.next(), core);
    }

    /** Takes no more examples; what was sent is brought. */
    @Override
    public void close() {
        source.close();
        sink.close();
    }

    /** Takes no more examples, and sends nothing any more. */
    void abandon() {
        source.close();
        sink.abandon();
    }
}
