package dev.milvuso.joiner.flink;

import dev.milvuso.example.TrainingExample;
import dev.milvuso.joiner.core.Request;
import dev.milvuso.joiner.core.Settled;
import dev.milvuso.joiner.core.Waiting;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Every type that crosses the network or lies in state. */
public final class Types {
    static final TypeInformation<Fact> FACT = new PlainType<>(Fact.class, FactSerializer.INSTANCE);
    public static final TypeInformation<TrainingExample> EXAMPLE =
            new PlainType<>(TrainingExample.class, ExampleSerializer.INSTANCE);
    static final TypeInformation<DeadLetter> DEAD_LETTER =
            new PlainType<>(DeadLetter.class, DeadLetterSerializer.INSTANCE);
    static final TypeInformation<Waiting> WAITING = new PlainType<>(Waiting.class, WaitingSerializer.INSTANCE);
    static final TypeInformation<Request> REQUEST = new PlainType<>(Request.class, RequestSerializer.INSTANCE);
    static final TypeInformation<Settled> SETTLED = new PlainType<>(Settled.class, SettledSerializer.INSTANCE);

    private Types() {}
}
