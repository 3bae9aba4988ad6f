package dev.milvuso.trainer.replay;

/** Which items that had appeared before an event its item is ranked among; each is as likely. */
public enum Others {
    /** Those that the user had not acted on, as nobody is recommended the others. */
    UNSEEN,
    /** All of them: what a user has acted on is among them, and stands high without being what comes next. */
    ANY
}
