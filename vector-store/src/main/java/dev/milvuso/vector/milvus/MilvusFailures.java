package dev.milvuso.vector.milvus;

import dev.milvuso.component.Unavailable;
import io.milvus.shaded.io.grpc.Status;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.v2.exception.ErrorCode;
import io.milvus.v2.exception.MilvusClientException;

/** What the failures of calls to one server mean. */
final class MilvusFailures {
    /** As in {@code GET /health}. */
    static final String DEPENDENCY = "milvus";

    static final String NOT_LOADED = "the collection is not loaded: load it first";

    private static final int RATE_LIMIT = 8;
    private static final int COLLECTION_NOT_FOUND = 100;
    private static final int COLLECTION_NOT_LOADED = 101;
    private static final String PARTITION_NOT_LOADED = "partition not loaded";
    private static final int FIRST_BAD_PARAMETER = 1100;
    private static final int LAST_BAD_PARAMETER = 1199;

    /**
     * The SDK's words for a refusal by Milvus Lite, whose codes it does not know, and for a missing collection there.
     */
    private static final String UNREADABLE = "unknown enum value";

    private static final String MISSING_IN_LITE = "doesn't exist in database";

    private final String address;

    MilvusFailures(String address) {
        this.address = address;
    }

    /** What happened, in words for people: gRPC's own end with the state of its buffers. */
    static String reason(Throwable failure) {
        String own = String.valueOf(failure.getMessage());
        if (status(failure) == Status.Code.DEADLINE_EXCEEDED || own.contains(Status.Code.DEADLINE_EXCEEDED.name())) {
            return "it did not answer in time";
        }
        int buffers = own.indexOf(" [closed=");
        return buffers < 0 ? own : own.substring(0, buffers);
    }

    RuntimeException meaning(MilvusClientException e) {
        int code = e.getServerErrCode();
        String message = String.valueOf(e.getMessage());
        boolean missing = code == COLLECTION_NOT_FOUND || e.getErrorCode() == ErrorCode.COLLECTION_NOT_FOUND;
        if (missing || message.contains(MISSING_IN_LITE)) {
            return new NoCollection(e);
        }
        if (code == COLLECTION_NOT_LOADED) {
            return new IllegalArgumentException(NOT_LOADED, e);
        }
        if (message.contains(PARTITION_NOT_LOADED)) {
            return new Released(e);
        }
        if (message.contains("cannot parse expression")
                || e.getErrorCode() == ErrorCode.INVALID_PARAMS
                || (code >= FIRST_BAD_PARAMETER && code <= LAST_BAD_PARAMETER)) {
            return new IllegalArgumentException("Milvus refuses the call: " + message, e);
        }
        if (message.contains(UNREADABLE)) {
            return new Unreadable(e);
        }
        if (isDenied(e)) {
            return new Denied("Milvus at " + address + " does not allow this user to do this: " + message, e);
        }
        return new Unavailable(DEPENDENCY, "Milvus at " + address + " does not serve this now: " + message, e);
    }

    /** Whether the server did not begin, or the connection broke, so that another attempt may succeed. */
    static boolean mayPass(Throwable failure) {
        if (!(failure instanceof Unavailable) || !(failure.getCause() instanceof MilvusClientException cause)) {
            return false;
        }
        return cause.getServerErrCode() == RATE_LIMIT || status(cause) == Status.Code.UNAVAILABLE;
    }

    /** Whether the server, or the way to it, is in trouble, and not this caller alone. */
    static boolean isOutage(Throwable failure) {
        return failure instanceof Unavailable && !(failure instanceof Denied);
    }

    private static boolean isDenied(MilvusClientException e) {
        Status.Code code = status(e);
        return code == Status.Code.PERMISSION_DENIED
                || code == Status.Code.UNAUTHENTICATED
                || String.valueOf(e.getMessage()).contains("PermissionDenied");
    }

    private static Status.Code status(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusRuntimeException rpc) {
                return rpc.getStatus().getCode();
            }
        }
        return Status.Code.OK;
    }

    /** The user may not do this. */
    static final class Denied extends Unavailable {
        private static final long serialVersionUID = 1;

        private Denied(String reason, MilvusClientException cause) {
            super(DEPENDENCY, reason, cause);
        }
    }

    /** A partition that the call names is not loaded. */
    static final class Released extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        private Released(MilvusClientException cause) {
            super("a partition that is asked for is not loaded: load it first", cause);
        }
    }

    /** The call is refused, and the SDK does not say why. */
    static final class Unreadable extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        private Unreadable(MilvusClientException cause) {
            super("Milvus refuses the call; the SDK logs the reason", cause);
        }
    }

    /** The collection is not there. */
    static final class NoCollection extends RuntimeException {
        private static final long serialVersionUID = 1;

        private NoCollection(MilvusClientException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
