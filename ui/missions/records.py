"""All missions, by name, in the order in which they can be read one after the other."""

from ui.missions import of_gradients, of_shapes, of_tasks, of_training
from ui.missions.mission import Mission

MISSIONS: dict[str, Mission] = {
    record.name: record
    for record in (*of_shapes.RECORDS, *of_gradients.RECORDS, *of_training.RECORDS, *of_tasks.RECORDS)
}
