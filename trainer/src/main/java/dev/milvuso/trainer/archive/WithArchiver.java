package dev.milvuso.trainer.archive;

import dev.milvuso.component.Component;
import dev.milvuso.component.Health;

/** A trainer and the archiver beside it: what is wrong with the archive degrades the two and stops no learning. */
public final class WithArchiver implements Component {
    private final Component trainer;
    private final Component archiver;

    public WithArchiver(Component trainer, Component archiver) {
        this.trainer = trainer;
        this.archiver = archiver;
    }

    @Override
    public String name() {
        return trainer.name();
    }

    @Override
    public void start() {
        archiver.start();
        trainer.start();
    }

    @Override
    public Health health() {
        Health learning = trainer.health();
        if (!(learning instanceof Health.Up)) {
            return learning;
        }
        Health archiving = archiver.health();
        if (archiving instanceof Health.Degraded degraded) {
            return degraded;
        }
        return archiving instanceof Health.Down down ? new Health.Degraded(down.reason()) : learning;
    }

    @Override
    public void close() {
        // What has been learnt first: a store that does not answer would keep it waiting.
        trainer.close();
        archiver.close();
    }
}
